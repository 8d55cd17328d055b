#pragma once

#include <optional>
#include <string>

#include "extractors/feeds/addresses.h"
#include "extractors/feeds/elements.h"
#include "extractors/feeds/text_construct.h"
#include "extractors/feeds/xml_feed.h"
#include "extractors/values/timestamp.h"

namespace pugi {
class xml_node;
}

// The values of single elements, whatever field they fill.

namespace stakeout {

// A title, summary, content or category, as the element's vocabulary writes it.
[[nodiscard]] TextConstruct text_of(const pugi::xml_node& node, Vocabulary vocabulary,
                                    const Base& base);

// The date in an element; nullopt with a warning when there is one that cannot be read.
[[nodiscard]] std::optional<Timestamp> instant_in(const pugi::xml_node& node,
                                                  const XmlFeedContext& context);

// The author of an element: Atom's name, else its mail address, else its URI; in RSS the person in
// the text.
[[nodiscard]] std::string author_in(const pugi::xml_node& node);

// An address as it is given, made absolute; empty with a warning when it is a dangerous one.
[[nodiscard]] std::string link_from(std::string_view address, const Base& base,
                                    const pugi::xml_node& node, const XmlFeedContext& context);

// Atom's <link>: its relation ("alternate" when none is given) and address; of RSS, the text.
struct LinkElement {
  std::string relation;
  std::string address;
  std::string type;
  std::optional<std::int64_t> length;
};
[[nodiscard]] LinkElement link_in(const pugi::xml_node& node, const Base& base,
                                  const XmlFeedContext& context);

// "12345" as a number of bytes or minutes; nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

}  // namespace stakeout
