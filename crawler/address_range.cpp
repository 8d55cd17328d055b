#include "crawler/address_range.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

namespace stakeout {
namespace {

using Bytes = IpAddress::Bytes;

constexpr int v4_offset = 96;  // bits before the IPv4 address in a mapped one
constexpr int last_port_of_all = 65'535;

struct Block {
  Bytes network;
  int bits;
};

constexpr Block v4_block(std::uint8_t a, std::uint8_t b, std::uint8_t c, int bits) {
  return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, 0}, v4_offset + bits};
}

constexpr Block v6_block(std::uint16_t a, std::uint16_t b, int bits) {
  return {{static_cast<std::uint8_t>(a >> 8U), static_cast<std::uint8_t>(a & 0xffU),
           static_cast<std::uint8_t>(b >> 8U), static_cast<std::uint8_t>(b & 0xffU)},
          bits};
}

// The IANA IPv4 special-purpose address registry, and multicast.
constexpr std::array special_v4 = {
    v4_block(0, 0, 0, 8),        // this network, RFC 791
    v4_block(10, 0, 0, 8),       // private, RFC 1918
    v4_block(100, 64, 0, 10),    // shared, carrier-grade NAT, RFC 6598
    v4_block(127, 0, 0, 8),      // loopback, RFC 1122
    v4_block(169, 254, 0, 16),   // link-local, RFC 3927; cloud metadata
    v4_block(172, 16, 0, 12),    // private, RFC 1918
    v4_block(192, 0, 0, 24),     // IETF protocol assignments, RFC 6890
    v4_block(192, 0, 2, 24),     // documentation, RFC 5737
    v4_block(192, 88, 99, 24),   // 6to4 relays, RFC 7526
    v4_block(192, 168, 0, 16),   // private, RFC 1918
    v4_block(198, 18, 0, 15),    // benchmarking, RFC 2544
    v4_block(198, 51, 100, 24),  // documentation, RFC 5737
    v4_block(203, 0, 113, 24),   // documentation, RFC 5737
    v4_block(224, 0, 0, 4),      // multicast, RFC 5771
    v4_block(240, 0, 0, 4),      // reserved and broadcast, RFC 1112, RFC 919
};

constexpr Block global_unicast = v6_block(0x2000, 0, 3);
// What is not public inside 2000::/3.
constexpr std::array special_v6 = {
    v6_block(0x2001, 0x0000,
             23),  // IETF protocol assignments, RFC 2928; Teredo is taken out before
    v6_block(0x2001, 0x0db8, 32),  // documentation, RFC 3849
    v6_block(0x3fff, 0x0000, 20),  // documentation, RFC 9637
};

// Where IPv6 addresses carry an IPv4 address that packets may end up at.
struct Carrier {
  Block block;
  std::size_t offset;   // of the IPv4 address
  std::uint8_t invert;  // Teredo stores the client's address inverted
};
constexpr std::array carriers = {
    Carrier{{{}, 96}, 12, 0},                                    // compatible, RFC 4291, 2.5.5.1
    Carrier{v6_block(0x2002, 0, 16), 2, 0},                      // 6to4, RFC 3056
    Carrier{v6_block(0x2001, 0, 32), 12, 0xff},                  // Teredo, RFC 4380
    Carrier{v6_block(0x0064, 0xff9b, 96), 12, 0},                // NAT64, RFC 6052
    Carrier{{{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12, 0},  // translated, RFC 2765
};

bool agree(const Bytes& a, const Bytes& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) {
    return false;
  }
  if (bits % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xffU << static_cast<unsigned>(8 - bits % 8));
  return ((a[whole] ^ b[whole]) & mask) == 0;
}

bool has_bits_beyond(const Bytes& bytes, int bits) {
  for (int at = bits; at < 128; ++at) {
    const unsigned byte = bytes[static_cast<std::size_t>(at / 8)];
    if (((byte << static_cast<unsigned>(at % 8)) & 0x80U) != 0) return true;
  }
  return false;
}

bool is_in(const IpAddress& address, const Block& block) {
  return agree(address.bytes(), block.network, block.bits);
}

bool is_public_v4(const IpAddress& address) {
  return std::ranges::none_of(special_v4,
                              [&](const Block& block) { return is_in(address, block); });
}

// ISATAP (RFC 5214, 6.1): the interface part begins with 0:5efe, the universal bit set or not.
bool is_isatap(const Bytes& bytes) {
  return (bytes[8] & 0xfdU) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
}

IpAddress v4_inside(const Bytes& bytes, std::size_t offset, std::uint8_t invert) {
  std::array<std::uint8_t, 4> v4{};
  for (std::size_t i = 0; i < v4.size(); ++i) v4[i] = bytes[offset + i] ^ invert;
  return IpAddress::from_v4(v4);
}

std::optional<int> number(std::string_view text, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole =
      error == std::errc{} && end == text.data() + text.size() && text.front() != '-';
  if (!whole || value > most) return std::nullopt;
  return value;
}

struct Ports {
  int first = 0;
  int last = last_port_of_all;
};

std::optional<Ports> parse_ports(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = number(text.substr(0, dash), last_port_of_all);
  const auto last =
      dash == std::string_view::npos ? first : number(text.substr(dash + 1), last_port_of_all);
  if (!first || !last || *first > *last) return std::nullopt;
  return Ports{*first, *last};
}

// A range's words taken apart: the block without brackets, and the ports.
struct RangeWords {
  std::string_view block;
  std::optional<std::string_view> ports;
};

Result<RangeWords> split(std::string_view text) {
  if (!text.starts_with('[')) {
    const std::size_t colon = text.find(':');
    // Two colons make an IPv6 address, which takes ports only in brackets.
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos) {
      return RangeWords{text, std::nullopt};
    }
    return RangeWords{text.substr(0, colon), text.substr(colon + 1)};
  }
  const std::size_t end = text.find(']');
  if (end == std::string_view::npos) return fail("a closing bracket is missing", text.size());
  const std::string_view rest = text.substr(end + 1);
  if (!rest.empty() && rest.front() != ':') return fail("ports start with a colon", end + 1);
  RangeWords words{text.substr(1, end - 1), std::nullopt};
  if (!rest.empty()) words.ports = rest.substr(1);
  return words;
}

}  // namespace

IpAddress IpAddress::from_v4(std::span<const std::uint8_t, 4> bytes) {
  return IpAddress{
      {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, bytes[0], bytes[1], bytes[2], bytes[3]}};
}

bool IpAddress::is_v4() const {
  return agree(bytes_, v4_block(0, 0, 0, 0).network, v4_offset);
}

Result<IpAddress> parse_ip_address(std::string_view text) {
  const std::string word{text};
  std::array<std::uint8_t, 4> v4{};
  if (inet_pton(AF_INET, word.c_str(), v4.data()) == 1) return IpAddress::from_v4(v4);
  Bytes v6{};
  if (inet_pton(AF_INET6, word.c_str(), v6.data()) == 1) return IpAddress::from_v6(v6);
  return fail("not an IP address: '" + word + "'");
}

std::string to_string(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> out{};
  const auto* bytes = address.bytes().data();
  if (address.is_v4()) {
    inet_ntop(AF_INET, bytes + v4_offset / 8, out.data(), out.size());
  } else {
    inet_ntop(AF_INET6, bytes, out.data(), out.size());
  }
  return out.data();
}

bool AddressRange::contains(const IpAddress& address, int port) const {
  return port >= first_port_ && port <= last_port_ &&
         agree(address.bytes(), network_.bytes(), bits_);
}

Result<AddressRange> parse_address_range(std::string_view text) {
  const auto words = split(text);
  if (!words) return tl::unexpected(words.error());
  const std::size_t slash = words->block.find('/');
  const auto network = parse_ip_address(words->block.substr(0, slash));
  if (!network) return tl::unexpected(network.error());

  const int size = network->is_v4() ? 32 : 128;
  int bits = size;
  if (slash != std::string_view::npos) {
    const auto given = number(words->block.substr(slash + 1), size);
    if (!given)
      return fail("not a size of a block: '" + std::string{words->block} + "'", slash + 1);
    bits = *given;
  }
  if (has_bits_beyond(network->bytes(), bits + 128 - size))
    return fail("the address has bits beyond its block of " + std::to_string(bits) +
                "; write the first address of the block, or leave out the '/'");
  Ports ports;
  if (words->ports) {
    const auto given = parse_ports(*words->ports);
    if (!given) return fail("not a range of ports: '" + std::string{*words->ports} + "'");
    ports = *given;
  }
  return AddressRange{*network, bits + 128 - size, ports.first, ports.last};
}

bool is_public_address(const IpAddress& address) {
  if (address.is_v4()) return is_public_v4(address);
  for (const auto& [block, offset, invert] : carriers) {
    if (is_in(address, block)) return is_public_v4(v4_inside(address.bytes(), offset, invert));
  }
  if (is_isatap(address.bytes()) && !is_public_v4(v4_inside(address.bytes(), 12, 0))) return false;
  return is_in(address, global_unicast) &&
         std::ranges::none_of(special_v6,
                              [&](const Block& block) { return is_in(address, block); });
}

}  // namespace stakeout
