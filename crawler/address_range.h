#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "extractors/values/result.h"

namespace stakeout {

// An IPv4 or IPv6 address. An IPv4 address is kept in its mapped form (::ffff:a.b.c.d, RFC 4291,
// 2.5.5.2), so that both spellings of one address are one value.
class IpAddress {
 public:
  using Bytes = std::array<std::uint8_t, 16>;

  [[nodiscard]] static IpAddress from_v4(std::span<const std::uint8_t, 4> bytes);
  [[nodiscard]] static IpAddress from_v6(const Bytes& bytes) { return IpAddress{bytes}; }

  [[nodiscard]] const Bytes& bytes() const { return bytes_; }
  [[nodiscard]] bool is_v4() const;

  friend bool operator==(const IpAddress&, const IpAddress&) = default;

 private:
  explicit IpAddress(const Bytes& bytes) : bytes_{bytes} {}
  Bytes bytes_;
};

// Reads "192.0.2.1" and "2001:db8::1" in the strict forms of inet_pton(3); no brackets, no zones.
[[nodiscard]] Result<IpAddress> parse_ip_address(std::string_view text);
[[nodiscard]] std::string to_string(const IpAddress& address);

// A block of addresses with a range of ports.
class AddressRange {
 public:
  [[nodiscard]] bool contains(const IpAddress& address, int port) const;

 private:
  friend Result<AddressRange> parse_address_range(std::string_view text);
  AddressRange(const IpAddress& network, int bits, int first_port, int last_port)
      : network_{network}, bits_{bits}, first_port_{first_port}, last_port_{last_port} {}

  IpAddress network_;
  int bits_;  // of the 128 that must agree
  int first_port_;
  int last_port_;
};

// Reads one word of the setting `allow_private`:
//
//     range   := block [":" port ["-" port]]
//     block   := v4 ["/" bits] | "[" v6 ["/" bits] "]" | v6 ["/" bits]     (the last without ports)
//
// Without bits the block is one address; without ports, all ports. The address is the
// first of its block.
[[nodiscard]] Result<AddressRange> parse_address_range(std::string_view text);

// Whether an address is one of the public Internet: global unicast, and not one of the IANA special
// purpose registries (RFC 6890 and its updates): this host, private, shared (CGNAT), loopback,
// link-local, documentation, benchmarking, multicast, reserved. An IPv4 address inside a mapped,
// compatible, 6to4, Teredo, NAT64 or ISATAP address is judged as such.
[[nodiscard]] bool is_public_address(const IpAddress& address);

}  // namespace stakeout
