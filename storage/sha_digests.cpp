#include "storage/sha_digests.h"

#include <array>

#include <openssl/evp.h>

namespace stakeout {
namespace {

std::string hex_digest(std::string_view bytes, const EVP_MD* algorithm) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm, nullptr);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += {digits[digest[i] >> 4U], digits[digest[i] & 15U]};
  }
  return hex;
}

}  // namespace

std::string sha1_hex(std::string_view bytes) {
  return hex_digest(bytes, EVP_sha1());
}

std::string sha256_hex(std::string_view bytes) {
  return hex_digest(bytes, EVP_sha256());
}

}  // namespace stakeout
