#include "extractors/pages/page_statements.h"

#include <algorithm>

#include "extractors/pages/metadata_sources.h"
#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {

PageStatements::PageStatements(const PageTree& tree) {
  std::uint32_t foreign_end = 0;  // up to here lies what belongs to something else
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree[i].first_attribute == tree[i].end_attribute) continue;
    if (tree[i].tag == Tag::meta) {
      if (i >= foreign_end) read_meta(tree, i);
    } else if (i >= foreign_end && read_properties(tree, i)) {
      foreign_end = tree[i].end;
    }
  }
}

void PageStatements::read_meta(const PageTree& tree, std::uint32_t node) {
  const std::string content =
      collapse_white_space(without_control_characters(tree.attribute(node, Attribute::content)));
  if (content.empty()) return;
  for (const Attribute kind :
       {Attribute::property, Attribute::name, Attribute::itemprop, Attribute::http_equiv}) {
    const std::string name = ascii_lower(ascii_trimmed(tree.attribute(node, kind)));
    if (!name.empty()) contents_[name].push_back(content);
  }
}

bool PageStatements::read_properties(const PageTree& tree, std::uint32_t node) {
  bool leads = false;
  for (const HtmlAttribute& attribute : tree.attributes(node)) {
    if (attribute.name != Attribute::itemprop && attribute.name != Attribute::property) continue;
    for (std::string_view name : ascii_words(attribute.value)) {
      name.remove_prefix(name.rfind(':') + 1);  // npos + 1 is 0
      leads = leads || leads_elsewhere(name);
      if (!name.empty()) properties_.push_back({name, node});
    }
  }
  return leads;
}

const std::vector<std::string>& PageStatements::all(std::string_view name) const {
  static const std::vector<std::string> none;
  const auto found = contents_.find(name);
  return found == contents_.end() ? none : found->second;
}

std::string_view PageStatements::first_of(std::string_view name) const {
  const std::vector<std::string>& contents = all(name);
  return contents.empty() ? std::string_view{} : contents.front();
}

std::vector<std::uint32_t> PageStatements::elements_with(std::string_view property) const {
  std::vector<std::uint32_t> nodes;
  for (const StatedProperty& stated : properties_) {
    if (stated.name == property) nodes.push_back(stated.node);
  }
  return nodes;
}

}  // namespace stakeout
