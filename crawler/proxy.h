#pragma once

#include <string>
#include <string_view>

#include "extractors/values/result.h"

namespace stakeout {

// Reads the address of a proxy, as the settings write it, into the spelling that
// FetchRequest::proxy wants:
//
//     proxy   := scheme "://" [ user [ ":" password ] "@" ] host ":" port [ "/" ]
//     scheme  := "http" | "https" | "socks5" | "socks5h"
//     host    := name | v4 | "[" v6 "]"
//
// User and password are percent-encoded where they hold one of ":@/%" or a blank. Names are always
// left to the proxy to look up, so "socks5" is read as "socks5h": an address that was looked up
// here could not be held against the rules for addresses. The error never repeats the text, which
// may hold a password.
[[nodiscard]] Result<std::string> parse_proxy(std::string_view text);

// The same for people to read: a password is shown as "***".
[[nodiscard]] std::string without_password(std::string_view proxy);

}  // namespace stakeout
