#include "extractors/text/charset.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "extractors/text/charset_declared.h"
#include "extractors/text/encodings.h"
#include "extractors/text/unicode.h"
#include "extractors/values/free_with.h"

namespace stakeout {
namespace {

using std::string_view;
using Converter = std::unique_ptr<UConverter, FreeWith<ucnv_close>>;

constexpr string_view utf8_mark = "\xEF\xBB\xBF";

bool is_utf8(const Encoding& encoding) {
  return encoding.name == "UTF-8";
}
bool is_wide(const Encoding& encoding) {
  return encoding.name.starts_with("UTF-16") || encoding.name.starts_with("UTF-32");
}

// How well bytes fit UTF-8. A sequence that the end of the input cuts off is not held against it.
struct Utf8Fit {
  std::size_t good = 0;  // characters of two bytes and more
  std::size_t bad = 0;   // ill-formed sequences

  [[nodiscard]] bool is_plausible() const { return bad <= good; }
  [[nodiscard]] bool is_convincing() const { return good > 0 && bad * 10 <= good; }
};

Utf8Fit utf8_fit(string_view bytes) {
  Utf8Fit fit;
  for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
    const CodePoint point = code_point_beyond_ascii(bytes, at);
    const bool is_bad = point.value == 0xFFFD && bytes.substr(at, 3) != "\xEF\xBF\xBD";
    if (!is_bad) ++fit.good;
    if (is_bad && bytes.size() - at > 3) ++fit.bad;
    at = point.next;
  }
  return fit;
}

struct Converted {
  std::string utf8;
  std::size_t bad = 0;         // characters that could not be read
  std::size_t characters = 0;  // beyond ASCII
};

// Converts with ICU, piece by piece, so that only the result has the size of the document.
std::optional<Converted> convert(string_view bytes, const Encoding& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter{ucnv_open(std::string{encoding.converter}.c_str(), &status)};
  if (U_FAILURE(status)) return std::nullopt;

  Converted result;
  result.utf8.reserve(bytes.size() + bytes.size() / 4);
  std::array<UChar, 4'096> piece{};
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  char32_t high_surrogate = 0;
  do {
    status = U_ZERO_ERROR;
    UChar* target = piece.data();
    ucnv_toUnicode(converter.get(), &target, piece.data() + piece.size(), &source, end, nullptr, 1,
                   &status);
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) return std::nullopt;
    for (const UChar* unit = piece.data(); unit != target; ++unit) {
      char32_t c = *unit;
      if (U16_IS_LEAD(c)) {
        high_surrogate = c;
        continue;
      }
      if (U16_IS_TRAIL(c)) c = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(high_surrogate, c));
      if (c == 0xFFFD) ++result.bad;
      if (c >= 0x80) ++result.characters;
      append_utf8(result.utf8, c);
    }
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return result;
}

DecodedText as_utf8(string_view bytes) {
  if (is_valid_utf8(bytes)) return {std::string{bytes}, "UTF-8", {}};
  return {to_valid_utf8(bytes), "UTF-8", {"bytes that are not UTF-8 were replaced"}};
}

// The document read as `encoding`, or nullopt when its bytes contradict that.
std::optional<DecodedText> read_as(string_view bytes, const Encoding& encoding,
                                   const Utf8Fit& fit) {
  if (is_utf8(encoding)) {
    return fit.is_plausible() ? std::optional{as_utf8(bytes)} : std::nullopt;
  }
  // Wide encodings were recognised by their zero bytes before any label was asked.
  if (is_wide(encoding) || fit.is_convincing()) return std::nullopt;
  auto converted = convert(bytes, encoding);
  if (!converted || converted->bad * 8 > converted->characters) return std::nullopt;
  DecodedText text{std::move(converted->utf8), std::string{encoding.name}, {}};
  if (converted->bad > 0) text.warnings.emplace_back("bytes outside of the encoding were replaced");
  return text;
}

// The byte order mark at the start, if any: which encoding, and how many bytes it takes.
std::optional<std::pair<string_view, std::size_t>> byte_order_mark(string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with(utf8_mark)) return {{"utf-8", 3}};
  if (bytes.starts_with("\0\0\xFE\xFF"sv)) return {{"utf-32be", 4}};
  if (bytes.starts_with("\xFF\xFE\0\0"sv)) return {{"utf-32le", 4}};
  if (bytes.starts_with("\xFE\xFF")) return {{"utf-16be", 2}};
  if (bytes.starts_with("\xFF\xFE")) return {{"utf-16le", 2}};
  return std::nullopt;
}

// UTF-16 or UTF-32 without a mark, told by the zero bytes among the first characters, which in
// markup and JSON are ASCII.
std::optional<string_view> encoding_of_zero_bytes(string_view bytes) {
  if (bytes.size() < 4) return std::nullopt;
  std::string pattern;
  for (const char byte : bytes.substr(0, 4)) pattern += byte == '\0' ? '0' : 'x';
  if (pattern == "x0x0") return "utf-16le";
  if (pattern == "0x0x") return "utf-16be";
  if (pattern == "x000") return "utf-32le";
  if (pattern == "000x") return "utf-32be";
  return std::nullopt;
}

std::vector<std::string> declared_labels(string_view bytes, string_view content_type, Markup kind) {
  std::vector<std::string> labels;
  const auto add = [&labels](std::optional<std::string> label) {
    if (label) labels.push_back(std::move(*label));
  };
  add(charset_of_content_type(content_type));
  if (kind == Markup::html) add(charset_of_meta(bytes));
  if (kind == Markup::html || kind == Markup::xml) add(charset_of_xml_declaration(bytes));
  return labels;
}

// What uchardet takes the bytes for; nullptr when it cannot say or there is too little to go by.
const Encoding* guessed_encoding(string_view bytes, const Utf8Fit& fit) {
  constexpr std::size_t enough = 24;
  constexpr std::size_t reach = 1U << 20U;
  if (fit.bad + fit.good < enough) return nullptr;
  using Detector = std::unique_ptr<std::remove_pointer_t<uchardet_t>, FreeWith<uchardet_delete>>;
  const Detector detector{uchardet_new()};
  const string_view sample = bytes.substr(0, reach);
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return nullptr;
  uchardet_data_end(detector.get());
  return find_encoding(uchardet_get_charset(detector.get()));
}

// Whether most bytes beyond ASCII stand side by side, as in no text of windows-1252: a text in
// another alphabet.
bool has_another_alphabet(string_view bytes) {
  std::size_t high = 0;
  std::size_t beside = 0;
  bool after_high = false;
  for (const char c : bytes) {
    const bool is_high = static_cast<unsigned char>(c) >= 0x80;
    high += is_high ? 1 : 0;
    beside += is_high && after_high ? 1 : 0;
    after_high = is_high;
  }
  return beside * 2 > high;
}

DecodedText read_undeclared(string_view bytes, const Utf8Fit& fit, Markup kind) {
  if (fit.is_plausible()) return as_utf8(bytes);
  const Encoding* encoding = nullptr;
  if (kind == Markup::html || kind == Markup::text || has_another_alphabet(bytes)) {
    encoding = guessed_encoding(bytes, fit);
  }
  if (encoding != nullptr) {
    if (auto text = read_as(bytes, *encoding, fit)) return std::move(*text);
  }
  encoding = find_encoding("windows-1252");
  auto converted = convert(bytes, *encoding);
  if (!converted) return as_utf8(bytes);
  return {std::move(converted->utf8), std::string{encoding->name}, {}};
}

}  // namespace

DecodedText decode_text(string_view bytes, string_view content_type, Markup kind) {
  if (const auto mark = byte_order_mark(bytes)) {
    const Encoding& encoding = *find_encoding(mark->first);
    bytes.remove_prefix(mark->second);
    if (is_utf8(encoding)) return as_utf8(bytes);
    if (auto converted = convert(bytes, encoding)) {
      return {std::move(converted->utf8), std::string{encoding.name}, {}};
    }
  }
  if (const auto label = encoding_of_zero_bytes(bytes)) {
    const Encoding& encoding = *find_encoding(*label);
    if (auto converted = convert(bytes, encoding)) {
      return {std::move(converted->utf8), std::string{encoding.name}, {}};
    }
  }

  const Utf8Fit fit = utf8_fit(bytes);
  std::vector<std::string> warnings;
  const auto with_warnings = [&warnings](DecodedText text) {
    text.warnings.insert(text.warnings.begin(), warnings.begin(), warnings.end());
    return text;
  };
  for (const std::string& label : declared_labels(bytes, content_type, kind)) {
    const Encoding* encoding = find_encoding(label);
    if (encoding == nullptr) {
      warnings.push_back("unknown encoding \"" + without_control_characters(to_valid_utf8(label)) +
                         "\"");
      continue;
    }
    if (auto text = read_as(bytes, *encoding, fit)) return with_warnings(std::move(*text));
    warnings.push_back("declared as " + std::string{encoding->name} + ", which its bytes are not");
  }
  DecodedText text = read_undeclared(bytes, fit, kind);
  if (text.encoding != "UTF-8") warnings.push_back("read as " + text.encoding);
  return with_warnings(std::move(text));
}

char32_t c1_as_windows_1252(char32_t c) {
  // Bytes 0x80 to 0x9F of windows-1252 (WHATWG Encoding Standard, index windows-1252).
  static constexpr std::array<char16_t, 32> meant = {
      0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
  return c >= 0x80 && c <= 0x9F ? meant[c - 0x80] : c;
}

}  // namespace stakeout
