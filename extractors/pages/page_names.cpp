#include "extractors/pages/page_names.h"

#include <bit>

namespace stakeout {
namespace {

constexpr auto npos = static_cast<std::size_t>(-1);

// Finds one of a few names in constant time: a hash table of two to four times their number, laid
// out by the compiler.
template <std::size_t count>
class NameTable {
 public:
  explicit constexpr NameTable(const std::array<std::string_view, count>& names) : names_{names} {
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t slot = hash(names[i]) % slots;
      while (places_[slot] != 0) slot = (slot + 1) % slots;
      places_[slot] = static_cast<std::uint8_t>(i + 1);
    }
  }

  // The place of `name` among the names; npos when it is none of them.
  [[nodiscard]] constexpr std::size_t find(std::string_view name) const {
    for (std::size_t slot = hash(name) % slots; places_[slot] != 0; slot = (slot + 1) % slots) {
      const std::size_t place = places_[slot] - 1U;
      if (names_[place] == name) return place;
    }
    return npos;
  }

  [[nodiscard]] constexpr std::string_view operator[](std::size_t place) const {
    return names_[place];
  }

 private:
  static constexpr std::size_t slots = std::bit_ceil(2 * count);

  // FNV-1a.
  static constexpr std::uint32_t hash(std::string_view name) {
    std::uint32_t value = 2166136261U;
    for (const char c : name) value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
    return value ^ (value >> 15U);
  }

  std::array<std::string_view, count> names_;
  std::array<std::uint8_t, slots> places_{};  // by hash: the place of a name, counted from 1
};

// In the order of Tag, from `a` on.
constexpr std::array<std::string_view, 118> tag_names{"a",         "abbr",
                                                      "address",   "applet",
                                                      "area",      "article",
                                                      "aside",     "audio",
                                                      "b",         "base",
                                                      "basefont",  "bgsound",
                                                      "big",       "blockquote",
                                                      "body",      "br",
                                                      "button",    "caption",
                                                      "center",    "code",
                                                      "col",       "colgroup",
                                                      "datalist",  "dd",
                                                      "details",   "dialog",
                                                      "dir",       "div",
                                                      "dl",        "dt",
                                                      "em",        "embed",
                                                      "fieldset",  "figcaption",
                                                      "figure",    "font",
                                                      "footer",    "foreignobject",
                                                      "form",      "frame",
                                                      "frameset",  "h1",
                                                      "h2",        "h3",
                                                      "h4",        "h5",
                                                      "h6",        "head",
                                                      "header",    "hgroup",
                                                      "hr",        "html",
                                                      "i",         "iframe",
                                                      "image",     "img",
                                                      "input",     "isindex",
                                                      "keygen",    "label",
                                                      "li",        "link",
                                                      "listing",   "main",
                                                      "marquee",   "math",
                                                      "menu",      "menuitem",
                                                      "meta",      "nav",
                                                      "nobr",      "noembed",
                                                      "noframes",  "noscript",
                                                      "object",    "ol",
                                                      "optgroup",  "option",
                                                      "p",         "param",
                                                      "plaintext", "pre",
                                                      "rb",        "rp",
                                                      "rt",        "rtc",
                                                      "s",         "script",
                                                      "search",    "section",
                                                      "select",    "small",
                                                      "source",    "span",
                                                      "strike",    "strong",
                                                      "style",     "summary",
                                                      "sup",       "svg",
                                                      "table",     "tbody",
                                                      "td",        "template",
                                                      "textarea",  "tfoot",
                                                      "th",        "thead",
                                                      "time",      "title",
                                                      "tr",        "track",
                                                      "tt",        "u",
                                                      "ul",        "video",
                                                      "wbr",       "xmp"};
constexpr NameTable tags{tag_names};

constexpr auto first_named = static_cast<std::size_t>(Tag::a);

// In the order of Attribute.
constexpr std::array<std::string_view, 22> attribute_names{"class",     "id",
                                                           "href",      "rel",
                                                           "content",   "name",
                                                           "property",  "itemprop",
                                                           "datetime",  "lang",
                                                           "xml:lang",  "hidden",
                                                           "style",     "title",
                                                           "pubdate",   "data-component",
                                                           "data-qa",   "data-testid",
                                                           "data-type", "http-equiv",
                                                           "type",      "shadowrootmode"};
constexpr NameTable attributes{attribute_names};

constexpr TagSet blocks{
    Tag::html,    Tag::head,       Tag::body,    Tag::title,   Tag::base,       Tag::p,
    Tag::div,     Tag::hr,         Tag::h1,      Tag::h2,      Tag::h3,         Tag::h4,
    Tag::h5,      Tag::h6,         Tag::ul,      Tag::ol,      Tag::li,         Tag::dl,
    Tag::dt,      Tag::dd,         Tag::table,   Tag::caption, Tag::thead,      Tag::tbody,
    Tag::tfoot,   Tag::tr,         Tag::td,      Tag::th,      Tag::blockquote, Tag::pre,
    Tag::figure,  Tag::figcaption, Tag::article, Tag::section, Tag::main,       Tag::aside,
    Tag::header,  Tag::footer,     Tag::nav,     Tag::form,    Tag::fieldset,   Tag::address,
    Tag::details, Tag::summary,    Tag::center,  Tag::dialog,  Tag::option};

}  // namespace

Tag tag_named(std::string_view name) {
  const std::size_t found = tags.find(name);
  return found == npos ? Tag::other : static_cast<Tag>(found + first_named);
}

std::string_view name_of(Tag tag) {
  return tag < Tag::a ? std::string_view{} : tags[static_cast<std::size_t>(tag) - first_named];
}

std::optional<Attribute> attribute_named(std::string_view name) {
  const std::size_t found = attributes.find(name);
  if (found == npos) return std::nullopt;
  return static_cast<Attribute>(found);
}

std::string_view name_of(Attribute attribute) {
  return attributes[static_cast<std::size_t>(attribute)];
}

bool is_block(Tag tag) {
  return blocks.has(tag);
}

int heading_level(Tag tag) {
  if (tag < Tag::h1 || tag > Tag::h6) return 0;
  return static_cast<int>(tag) - static_cast<int>(Tag::h1) + 1;
}

}  // namespace stakeout
