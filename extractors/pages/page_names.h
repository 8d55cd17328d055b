#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace stakeout {

// What a node is. Elements that no rule asks for are `other`.
enum class Tag : std::uint8_t {
  other,
  text,
  a,
  abbr,
  address,
  applet,
  area,
  article,
  aside,
  audio,
  b,
  base,
  basefont,
  bgsound,
  big,
  blockquote,
  body,
  br,
  button,
  caption,
  center,
  code,
  col,
  colgroup,
  datalist,
  dd,
  details,
  dialog,
  dir,
  div,
  dl,
  dt,
  em,
  embed,
  fieldset,
  figcaption,
  figure,
  font,
  footer,
  foreignobject,
  form,
  frame,
  frameset,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  hgroup,
  hr,
  html,
  i,
  iframe,
  image,
  img,
  input,
  isindex,
  keygen,
  label,
  li,
  link,
  listing,
  main,
  marquee,
  math,
  menu,
  menuitem,
  meta,
  nav,
  nobr,
  noembed,
  noframes,
  noscript,
  object,
  ol,
  optgroup,
  option,
  p,
  param,
  plaintext,
  pre,
  rb,
  rp,
  rt,
  rtc,
  s,
  script,
  search,
  section,
  select,
  small,
  source,
  span,
  strike,
  strong,
  style,
  summary,
  sup,
  svg,
  table,
  tbody,
  td,
  template_,
  textarea,
  tfoot,
  th,
  thead,
  time,
  title,
  tr,
  track,
  tt,
  u,
  ul,
  video,
  wbr,
  xmp,
};

// The attributes that somebody reads.
enum class Attribute : std::uint8_t {
  class_words,
  id,
  href,
  rel,
  content,
  name,
  property,
  itemprop,
  datetime,
  lang,
  xml_lang,
  hidden,
  style,
  title,
  pubdate,
  data_component,
  data_qa,
  data_testid,
  data_type,
  http_equiv,
  type,
  shadow_root_mode,
};

// The tag of an element's name in lower case; `other` when no rule asks for it.
[[nodiscard]] Tag tag_named(std::string_view name);
// Empty for `other` and `text`.
[[nodiscard]] std::string_view name_of(Tag tag);

// The attribute of a name in lower case; nullopt when nobody reads it.
[[nodiscard]] std::optional<Attribute> attribute_named(std::string_view name);
[[nodiscard]] std::string_view name_of(Attribute attribute);

// Some of the tags, or of the attributes.
template <class Name>
class NameSet {
 public:
  constexpr NameSet() = default;
  constexpr NameSet(std::initializer_list<Name> names) {
    for (const Name name : names) insert(name);
  }
  [[nodiscard]] constexpr bool has(Name name) const {
    return (words_[word_of(name)] & bit_of(name)) != 0;
  }
  constexpr void insert(Name name) { words_[word_of(name)] |= bit_of(name); }

 private:
  static constexpr std::size_t word_of(Name name) { return static_cast<std::size_t>(name) / 64; }
  static constexpr std::uint64_t bit_of(Name name) {
    return std::uint64_t{1} << (static_cast<unsigned>(name) % 64);
  }

  std::array<std::uint64_t, 2> words_{};
};

using TagSet = NameSet<Tag>;
using AttributeSet = NameSet<Attribute>;

// Whether an element stands on lines of its own.
[[nodiscard]] bool is_block(Tag tag);
// 1 to 6 for h1 to h6, else 0.
[[nodiscard]] int heading_level(Tag tag);

}  // namespace stakeout
