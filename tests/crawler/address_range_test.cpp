#include "crawler/address_range.h"

#include <string_view>

#include <doctest/doctest.h>

namespace stakeout {

TEST_CASE("only addresses of the public Internet are public") {
  struct Case {
    std::string_view address;
    bool is_public;
  };
  const Case cases[] = {
      {"8.8.8.8", true},
      {"172.15.255.255", true},
      {"172.16.0.0", false},
      {"172.31.255.255", false},
      {"172.32.0.0", true},
      {"100.63.255.255", true},
      {"100.64.0.1", false},
      {"100.127.255.255", false},
      {"100.128.0.0", true},
      {"0.0.0.0", false},
      {"10.1.2.3", false},
      {"127.0.0.1", false},
      {"169.254.169.254", false},
      {"192.168.1.1", false},
      {"192.0.0.8", false},
      {"192.88.99.1", false},
      {"198.19.0.1", false},
      {"224.0.0.1", false},
      {"255.255.255.255", false},
      {"2606:4700::1111", true},
      {"::", false},
      {"::1", false},
      {"fe80::1", false},
      {"fc00::1", false},
      {"fec0::1", false},
      {"ff02::1", false},
      {"2001:db8::1", false},
      {"3fff::1", false},
      {"100::1", false},
      {"::ffff:8.8.8.8", true},
      {"::ffff:127.0.0.1", false},
      {"::127.0.0.1", false},
      {"2002:7f00:1::", false},              // 6to4 of 127.0.0.1
      {"2002:808:808::", true},              // 6to4 of 8.8.8.8
      {"64:ff9b::a00:1", false},             // NAT64 of 10.0.0.1
      {"64:ff9b::808:808", true},            // NAT64 of 8.8.8.8
      {"64:ff9b:1::1", false},               // local NAT64, RFC 8215
      {"2001:0:808:808::80ff:fffe", false},  // Teredo of 127.0.0.1, which it stores inverted
      {"2606:4700::5efe:c0a8:101", false},   // ISATAP of 192.168.1.1
  };
  for (const auto& [address, is_public] : cases) {
    CAPTURE(address);
    CHECK(is_public_address(parse_ip_address(address).value()) == is_public);
  }
}

TEST_CASE("a range covers its block and its ports, and nothing beside") {
  struct Case {
    std::string_view range;
    std::string_view address;
    int port;
    bool covered;
  };
  const Case cases[] = {
      {"127.0.9.0/24:8990-8992", "127.0.9.255", 8990, true},
      {"127.0.9.0/24:8990-8992", "127.0.9.1", 8993, false},
      {"127.0.9.0/24:8990-8992", "127.0.8.255", 8990, false},
      {"127.0.9.0/24:8990-8992", "::ffff:127.0.9.7", 8991, true},  // the same address
      {"10.0.0.1", "10.0.0.1", 65'535, true},
      {"10.0.0.1", "10.0.0.2", 80, false},
      {"10.0.0.1:80", "10.0.0.1", 81, false},
      {"10.0.0.0/9", "10.127.0.0", 1, true},
      {"10.0.0.0/9", "10.128.0.0", 1, false},
      {"fd00::/8", "fdff::1", 80, true},
      {"[fd00::/8]:443", "fd12::1", 443, true},
      {"[fd00::/8]:443", "fd12::1", 80, false},
      {"::/0", "127.0.0.1", 80, true},
  };
  for (const auto& [range, address, port, covered] : cases) {
    CAPTURE(range);
    CAPTURE(address);
    const auto parsed = parse_address_range(range);
    REQUIRE(parsed.has_value());
    CHECK(parsed->contains(parse_ip_address(address).value(), port) == covered);
  }
}

TEST_CASE("what is no range is refused") {
  for (const std::string_view text :
       {"", "example.org", "127.0.0.1/33", "127.0.0.1/-1", "127.0.0.1:", "127.0.0.1:90-80",
        "127.0.0.1:70000", "[::1", "[::1]80", "::1/129", "127.1", "127.0.0.1/8/8", "10.0.0.5/8",
        "10.128.0.0/8", "fd00::1/127", "0.0.0.1/0:80"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_address_range(text).has_value());
  }
}

TEST_CASE("an address is printed as it is read") {
  for (const std::string_view text : {"192.0.2.1", "2001:db8::1", "::1"}) {
    CHECK(to_string(parse_ip_address(text).value()) == text);
  }
}

}  // namespace stakeout
