#include "extractors/pages/json_ld.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <nlohmann/json.hpp>

#include "extractors/pages/bare_address.h"
#include "extractors/pages/json_mending.h"
#include "extractors/pages/metadata_sources.h"
#include "extractors/pages/page_words.h"
#include "extractors/text/ascii.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using nlohmann::json;

// Scripts of a page that are looked at, in bytes together.
constexpr std::size_t most_json = 2 * longest_json;

json parse(std::string_view script) {
  if (script.size() <= longest_json && !is_too_deep(script)) {
    json value = json::parse(script, nullptr, false);
    if (!value.is_discarded()) return value;
  }
  return json::parse(mended_json(script), nullptr, false);
}

std::string clean(const std::string& text) {
  return collapse_white_space(without_control_characters(plain_text_of_html(text)));
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
  int rank = 3;
  for (const PageWord kind : {PageWord::article_type, PageWord::work_type, PageWord::page_type}) {
    for (const std::string_view type : page_words(kind)) {
      if (has_type(object, type)) return rank;
    }
    --rank;
  }
  return 0;
}

class Reader {
 public:
  explicit Reader(std::string_view page_address) : page_address_{bare_address(page_address)} {}

  StructuredData run(const std::vector<std::string_view>& scripts) {
    std::size_t left = most_json;
    for (const std::string_view script : scripts) {
      const std::string_view kept = first_bytes(script, left);
      left -= kept.size();
      values_.push_back(parse(kept));
      if (!values_.back().is_discarded()) collect(values_.back());
    }
    std::stable_sort(works_.begin(), works_.end(), [](const Work& a, const Work& b) {
      return a.rank != b.rank ? a.rank > b.rank : a.is_page && !b.is_page;
    });
    for (const Work& work : works_) read(*work.object);
    return std::move(out_);
  }

 private:
  struct Work {
    int rank;
    bool is_page;  // it gives the page's address as its own
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
    if (rank > 0) works_.push_back({rank, has_page_address(object), &object});
    const auto id = object.find("@id");
    if (id != object.end() && id->is_string() && object.contains("name")) {
      by_id_.emplace(id->get<std::string>(), &object);
    }
  }

  [[nodiscard]] bool has_page_address(const json& work) const {
    if (page_address_.empty()) return false;
    for (const char* key : {"url", "mainEntityOfPage", "@id"}) {
      const auto found = work.find(key);
      if (found == work.end()) continue;
      std::string address = text_of(*found);
      if (found->is_object()) address = text_at(*found, "@id");
      if (bare_address(address) == page_address_) return true;
    }
    return false;
  }

  void read(const json& work) {
    take(out_.headline, text_at(work, "headline"));
    if (out_.headline.empty() && rank_of(work) > 1) take(out_.headline, text_at(work, "name"));
    take(out_.published, text_at(work, "datePublished"));
    take(out_.created, text_at(work, "dateCreated"));
    take(out_.created, text_at(work, "uploadDate"));
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
    if (publisher != work.end() && publisher->is_object() && out_.publisher.empty()) {
      const json& named = resolved(*publisher);
      if (publishers_.insert(&named).second) out_.publisher = text_at(named, "name");
    }
    const auto free = work.find("isAccessibleForFree");
    if (free != work.end() && rank_of(work) == 3) {
      const bool is_false = (free->is_boolean() && !free->get<bool>()) ||
                            (free->is_string() && ascii_lower(free->get<std::string>()) == "false");
      out_.needs_payment = out_.needs_payment || is_false;
    }
  }

  // The body keeps its line breaks. That of another article than the first is not the page's.
  void take_body(const json& work) {
    const auto body = work.find("articleBody");
    const std::string headline = text_at(work, "headline");
    const bool is_other = !headline.empty() && headline != out_.headline;
    if (body != work.end() && body->is_string() && out_.body.empty() && !is_other) {
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
      const auto list = value.find("@list");
      if (list != value.end() && list->is_array()) return read_authors(*list);
      const json& named = resolved(value);
      if (authors_.insert(&named).second) read_author(named);
    }
  }

  void read_author(const json& author) {
    const bool is_organization = has_type(author, "Organization") && !has_type(author, "Person");
    const auto name = author.find("name");
    if (name == author.end()) {
      const std::string given = text_at(author, "givenName");
      const std::string family = text_at(author, "familyName");
      return add_author({collapse_white_space(given + " " + family), is_organization});
    }
    if (!name->is_array()) return add_author({text_of(*name), is_organization});
    for (const json& item : *name) add_author({text_of(item), is_organization});
  }

  void add_author(NamedAuthor author) {
    if (!author.name.empty()) out_.authors.push_back(std::move(author));
  }

  std::string_view page_address_;
  std::deque<json> values_;  // addresses stay as it grows
  std::vector<Work> works_;
  std::map<std::string, const json*> by_id_;
  // Those that were read: any number of works may refer to one of them.
  std::unordered_set<const json*> publishers_;
  std::unordered_set<const json*> authors_;
  StructuredData out_;
};

}  // namespace

StructuredData read_json_ld(const std::vector<std::string_view>& scripts,
                            std::string_view page_address) {
  return Reader{page_address}.run(scripts);
}

}  // namespace stakeout
