#include "extractors/pages/json_ld.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "extractors/text/ascii.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using nlohmann::json;

// The JSON of a script as its author meant it: control characters in strings become blanks, commas
// before a closing bracket go, brackets left open are closed, what follows the value goes.
std::string mended(std::string_view script) {
  std::string out;
  std::string closers;
  bool in_string = false;
  constexpr std::string_view section = "<![CDATA[";
  const std::size_t wrapped = script.find(section);
  const std::size_t after = wrapped == std::string_view::npos ? 0 : wrapped + section.size();
  const std::size_t begin = script.find_first_of("{[", after);
  for (std::size_t at = begin; at < script.size(); ++at) {
    const char c = script[at];
    if (in_string) {
      if (c == '\\' && at + 1 < script.size()) {
        out += c;
        out += script[++at];
      } else {
        in_string = c != '"';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
      }
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') closers += c == '{' ? '}' : ']';
    if (c == '}' || c == ']') {
      while (!out.empty() && (is_ascii_space(out.back()) || out.back() == ',')) out.pop_back();
      if (closers.empty() || closers.back() != c) continue;
      closers.pop_back();
    }
    out += c;
    if (closers.empty()) return out;
  }
  if (in_string) out += '"';
  while (!out.empty() && (is_ascii_space(out.back()) || out.back() == ',')) out.pop_back();
  out.append(closers.rbegin(), closers.rend());
  return out;
}

json parse(const std::string& script) {
  json value = json::parse(script, nullptr, false);
  return value.is_discarded() ? json::parse(mended(script), nullptr, false) : value;
}

std::string clean(const std::string& text) {
  return plain_text_of_html(text);
}

// A text, or the first text of a list, or the value of a language-tagged one.
std::string text_of(const json& value) {
  if (value.is_string()) return clean(value.get_ref<const std::string&>());
  if (value.is_array() && !value.empty() && value.front().is_string())
    return text_of(value.front());
  if (value.is_object() && value.contains("@value") && value["@value"].is_string()) {
    return clean(value["@value"].get_ref<const std::string&>());
  }
  return {};
}

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? std::string{} : text_of(*found);
}

bool has_type(const json& object, std::string_view ending) {
  const auto type = object.find("@type");
  if (type == object.end()) return false;
  const auto matches = [ending](const json& t) {
    return t.is_string() && t.get_ref<const std::string&>().ends_with(ending);
  };
  return type->is_array() ? std::any_of(type->begin(), type->end(), matches) : matches(*type);
}

// How much an object is the page's article: 0 is not at all.
int rank_of(const json& object) {
  for (const std::string_view type : {"Article", "BlogPosting", "Report", "LiveBlogPosting",
                                      "DiscussionForumPosting", "Recipe", "PressRelease"}) {
    if (has_type(object, type)) return 3;
  }
  for (const std::string_view type :
       {"CreativeWork", "Review", "HowTo", "PodcastEpisode", "Posting", "Event", "Product"}) {
    if (has_type(object, type)) return 2;
  }
  return has_type(object, "WebPage") || has_type(object, "ItemPage") ? 1 : 0;
}

// Properties whose objects are not the page's own article.
bool leads_elsewhere(const std::string& key) {
  static constexpr std::array<std::string_view, 15> keys{
      "itemListElement", "hasPart",         "isPartOf", "comment", "review",
      "reviews",         "mentions",        "citation", "about",   "isRelatedTo",
      "relatedLink",     "associatedMedia", "video",    "image",   "publisher"};
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

class Reader {
 public:
  StructuredData run(const std::vector<std::string>& scripts) {
    for (const std::string& script : scripts) {
      values_.push_back(parse(script));
      if (!values_.back().is_discarded()) collect(values_.back());
    }
    std::stable_sort(works_.begin(), works_.end(),
                     [](const Work& a, const Work& b) { return a.rank > b.rank; });
    for (const Work& work : works_) read(*work.object);
    return std::move(out_);
  }

 private:
  struct Work {
    int rank;
    const json* object;
  };

  // All objects of a value, in order, without recursion.
  void collect(const json& root) {
    std::vector<const json*> open{&root};
    while (!open.empty()) {
      const json& value = *open.back();
      open.pop_back();
      if (value.is_array()) {
        for (auto item = value.rbegin(); item != value.rend(); ++item) open.push_back(&*item);
      } else if (value.is_object()) {
        note(value);
        std::vector<const json*> inner;
        for (const auto& [key, item] : value.items()) {
          if (item.is_structured() && !leads_elsewhere(key)) inner.push_back(&item);
        }
        open.insert(open.end(), inner.rbegin(), inner.rend());
      }
    }
  }

  void note(const json& object) {
    const int rank = rank_of(object);
    if (rank > 0) works_.push_back({rank, &object});
    const auto id = object.find("@id");
    if (id != object.end() && id->is_string() && object.contains("name")) {
      by_id_.emplace(id->get<std::string>(), &object);
    }
  }

  void read(const json& work) {
    take(out_.headline, text_at(work, "headline"));
    if (out_.headline.empty() && rank_of(work) > 1) take(out_.headline, text_at(work, "name"));
    take(out_.published, text_at(work, "datePublished"));
    take(out_.modified, text_at(work, "dateModified"));
    take(out_.language, text_at(work, "inLanguage"));
    take_body(work);
    if (out_.authors.empty()) {
      for (const char* key : {"author", "creator"}) {
        const auto found = work.find(key);
        if (out_.authors.empty() && found != work.end()) read_authors(*found);
      }
    }
    const auto publisher = work.find("publisher");
    if (publisher != work.end() && publisher->is_object()) {
      take(out_.publisher, text_at(resolved(*publisher), "name"));
    }
    const auto free = work.find("isAccessibleForFree");
    if (free != work.end() && rank_of(work) == 3) {
      const bool is_false = (free->is_boolean() && !free->get<bool>()) ||
                            (free->is_string() && ascii_lower(free->get<std::string>()) == "false");
      out_.needs_payment = out_.needs_payment || is_false;
    }
  }

  // The body keeps its line breaks.
  void take_body(const json& work) {
    const auto body = work.find("articleBody");
    if (body != work.end() && body->is_string() && out_.body.empty()) {
      out_.body = body->get<std::string>();
    }
  }

  static void take(std::string& field, std::string value) {
    if (field.empty()) field = std::move(value);
  }

  [[nodiscard]] const json& resolved(const json& object) const {
    const auto id = object.find("@id");
    if (object.contains("name") || id == object.end() || !id->is_string()) return object;
    const auto found = by_id_.find(id->get<std::string>());
    return found == by_id_.end() ? object : *found->second;
  }

  void read_authors(const json& value) {
    if (value.is_array()) {
      for (const json& item : value) {
        if (!item.is_array()) read_authors(item);
      }
    } else if (value.is_string()) {
      add_author({text_of(value), false});
    } else if (value.is_object()) {
      const json& author = resolved(value);
      const auto name = author.find("name");
      if (name == author.end()) return;
      const bool is_organization = has_type(author, "Organization");
      if (name->is_array()) {
        for (const json& item : *name) add_author({text_of(item), is_organization});
      } else {
        add_author({text_of(*name), is_organization});
      }
    }
  }

  void add_author(NamedAuthor author) {
    if (!author.name.empty()) out_.authors.push_back(std::move(author));
  }

  std::deque<json> values_;  // addresses stay as it grows
  std::vector<Work> works_;
  std::map<std::string, const json*> by_id_;
  StructuredData out_;
};

}  // namespace

StructuredData read_json_ld(const std::vector<std::string>& scripts) {
  return Reader{}.run(scripts);
}

}  // namespace stakeout
