#include "extractors/facts/currencies.h"

#include <algorithm>
#include <unordered_set>

#include "extractors/facts/numerals.h"
#include "extractors/facts/phrases.h"
#include "extractors/text/ascii.h"
#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace facts_data {
std::string_view currencies();
std::string_view currency_origins();
}  // namespace facts_data

namespace {

enum class Kind { sign, code, name, part };

struct Form {
  std::vector<std::string_view> written;  // its tokens as the table spells them
  Kind kind = Kind::sign;
  CurrencyName name;
  bool is_loose = false;
  bool is_exact = false;
};

struct Origin {
  std::string_view family;  // "*": any currency, and no currency of its own ("Japanese yen")
  std::optional<Currency> currency;
};

struct Tables {
  std::vector<Form> forms;
  PhraseTable form_phrases;
  std::unordered_set<std::string_view> codes;
  std::vector<Origin> origins;
  PhraseTable origin_phrases;
};

bool has_flag(std::string_view flags, std::string_view flag) {
  while (!flags.empty()) {
    const std::size_t comma = flags.find(',');
    if (flags.substr(0, comma) == flag) return true;
    flags.remove_prefix(comma == std::string_view::npos ? flags.size() : comma + 1);
  }
  return false;
}

Kind kind_of(std::string_view name) {
  if (name == "code") return Kind::code;
  if (name == "name") return Kind::name;
  return name == "part" ? Kind::part : Kind::sign;
}

Form form_of_row(const std::vector<std::string_view>& row) {
  Form form;
  std::string_view rest = row.at(0);
  while (!rest.empty()) {
    const std::size_t blank = rest.find(' ');
    form.written.push_back(rest.substr(0, blank));
    rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
  }
  form.kind = kind_of(row.at(2));
  form.name.currency = Currency::make(row.at(1));
  form.name.is_code = form.kind == Kind::code;
  form.name.is_name = form.kind == Kind::name;
  form.name.is_part = form.kind == Kind::part;
  form.name.family = row.at(3);
  form.name.is_weight = has_flag(row.at(4), "weight");
  form.name.needs_scale = has_flag(row.at(4), "scaled");
  form.is_loose = form.kind == Kind::name || has_flag(row.at(4), "loose");
  form.is_exact = form.kind == Kind::code || has_flag(row.at(4), "exact");
  return form;
}

const Tables& tables() {
  static const Tables all = [] {
    Tables t;
    for (const auto& row : read_table(facts_data::currencies())) {
      t.form_phrases.add(fold_accents(row.at(0)), t.forms.size());
      t.forms.push_back(form_of_row(row));
      const Form& form = t.forms.back();
      const bool parts = form.kind == Kind::code || form.kind == Kind::sign;
      if (parts && form.written.size() == 1) t.codes.insert(form.written[0]);
    }
    for (const auto& row : read_table(facts_data::currency_origins())) {
      t.origin_phrases.add(fold_accents(row.at(0)), t.origins.size());
      t.origins.push_back({row.at(1), Currency::make(row.at(2))});
    }
    return t;
  }();
  return all;
}

bool stands_as_written(const MoneyTokens& text, std::size_t at, const Form& form) {
  for (std::size_t i = 0; i < form.written.size() && at + i < text.tokens.size(); ++i) {
    if (form.is_exact && text.words(at + i) != form.written[i]) return false;
    if (i > 0 && !form.is_loose && text.tokens[at + i].space_before) return false;
  }
  return true;
}

// The form at `at` of a kind that may stand there.
template <class Allowed>
std::optional<CurrencyName> form_at(const MoneyTokens& text, std::size_t at, Allowed allowed) {
  for (const auto& match : tables().form_phrases.all_starting_at(text.tokens, at)) {
    const Form& form = tables().forms[match.value];
    if (!allowed(form) || !text.is_one_sentence(at, at + match.tokens)) continue;
    if (!stands_as_written(text, at, form)) continue;
    CurrencyName name = form.name;
    name.tokens = match.tokens;
    return name;
  }
  return std::nullopt;
}

bool applies(const Origin& origin, const CurrencyName& name) {
  return origin.family == "*" || origin.family == name.family;
}

void take_origin(CurrencyName& name, const Origin& origin, std::size_t tokens) {
  if (origin.currency) name.currency = origin.currency;
  name.has_origin = true;
  name.tokens += tokens;
}

// "dollars", "dollars australiens", "Australian dollars".
std::optional<CurrencyName> name_at(const MoneyTokens& text, std::size_t at) {
  const auto is_name = [](const Form& form) { return form.kind == Kind::name; };
  if (auto name = form_at(text, at, is_name)) {
    const auto behind = tables().origin_phrases.starting_at(text.tokens, at + name->tokens);
    if (behind && text.is_one_sentence(at, at + name->tokens + behind->tokens)) {
      const Origin& origin = tables().origins[behind->value];
      if (origin.family == name->family) take_origin(*name, origin, behind->tokens);
    }
    return name;
  }
  for (const auto& origin : tables().origin_phrases.all_starting_at(text.tokens, at)) {
    auto name = form_at(text, at + origin.tokens, is_name);
    if (!name || !text.is_one_sentence(at, at + origin.tokens + name->tokens)) continue;
    if (!applies(tables().origins[origin.value], *name)) continue;
    take_origin(*name, tables().origins[origin.value], origin.tokens);
    return name;
  }
  return std::nullopt;
}

// The end of a number that begins at byte `at`.
std::size_t number_end(std::string_view text, std::size_t at) {
  const auto is_ascii_digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  while (is_ascii_digit(at) ||
         (at < text.size() && (text[at] == '.' || text[at] == ',') && is_ascii_digit(at + 1))) {
    ++at;
  }
  return at;
}

// Writes out the tokens of a text that money tokens differ from.
class Lexer {
 public:
  Lexer(const Prose& prose, std::vector<Token>& tokens, std::vector<std::uint32_t>& sentences)
      : prose_{prose}, tokens_{tokens}, sentences_{sentences} {}

  void run() {
    for (std::size_t i = 0; i < prose_.tokens().size();) i = take(i);
  }

 private:
  // Copies token `i`, in parts if it is a code with digits, and says where to go on.
  std::size_t take(std::size_t i) {
    const Token& token = prose_.tokens()[i];
    const std::string_view word = prose_.words(i);
    const std::size_t digit =
        token.has_digit ? word.find_first_of("0123456789") : std::string_view::npos;
    if (digit == std::string_view::npos || !tables().codes.contains(word.substr(0, digit))) {
      add(token, i);
      return i + 1;
    }
    const auto middle = static_cast<std::uint32_t>(token.begin + digit);
    const auto end = static_cast<std::uint32_t>(number_end(prose_.text(), middle));
    add(part(token, token.begin, middle, TokenKind::word), i);
    add(part(token, middle, end, TokenKind::number), i);
    std::size_t next = prose_.token_at_or_after(end);
    const Token& last = prose_.tokens()[next - 1];
    if (last.end > end) add(part(last, end, last.end, TokenKind::word), next - 1);
    return next;
  }

  [[nodiscard]] Token part(const Token& whole, std::uint32_t begin, std::uint32_t end,
                           TokenKind kind) const {
    Token token = whole;
    token.kind = kind;
    token.space_before = begin == whole.begin && whole.space_before;
    token.begin = begin;
    token.end = end;
    set_folded(token, fold_case(prose_.text().substr(begin, end - begin)));
    return token;
  }

  static void set_folded(Token& token, std::string folded) {
    token.folded = std::move(folded);
    token.is_ascii = is_ascii(token.folded);
    token.hash = hash_of_word(token.folded);
  }

  void add(Token token, std::size_t source) {
    if (token.kind == TokenKind::word && !token.is_ascii) set_folded(token, plain_form(token));
    tokens_.push_back(std::move(token));
    sentences_.push_back(static_cast<std::uint32_t>(prose_.sentence_of(source)));
  }

  const Prose& prose_;
  std::vector<Token>& tokens_;
  std::vector<std::uint32_t>& sentences_;
};

// The currency of codes and of names with an origin is certain; others go by the text.
std::optional<CurrencyName> at_home(const MoneyTokens& text, std::optional<CurrencyName> name) {
  if (!name || name->is_part || name->is_code || name->has_origin || name->family == "-")
    return name;
  const auto home = name->currency ? text.homes().instead_of(*name->currency, name->family)
                                   : text.homes().of(name->family);
  if (home) name->currency = home;
  return name;
}

std::optional<CurrencyName> form_behind_number(const MoneyTokens& text, std::size_t at) {
  const auto is_code = [](const Form& form) {
    return form.kind == Kind::code && !form.name.needs_scale;
  };
  if (auto code = form_at(text, at, is_code)) return code;
  if (auto name = name_at(text, at)) return name;
  return form_at(text, at, [](const Form& form) { return form.kind != Kind::name; });
}

}  // namespace

MoneyTokens::MoneyTokens(const Prose& prose) : text{prose.text()}, tokens{prose.tokens()} {
  const auto may_differ = [](const Token& token) {
    return token.kind == TokenKind::word && (token.has_digit || !token.is_ascii);
  };
  if (std::ranges::any_of(tokens, may_differ)) {
    Lexer{prose, own_, sentences}.run();
    tokens = own_;
    return;
  }
  sentences.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    sentences.push_back(static_cast<std::uint32_t>(prose.sentence_of(i)));
  }
}

const CurrencyHomes& MoneyTokens::homes() const {
  if (!homes_) homes_.emplace(tokens);
  return *homes_;
}

std::optional<CurrencyName> currency_before_number(const MoneyTokens& text, std::size_t at) {
  return at_home(text, form_at(text, at, [](const Form& form) {
                   return form.kind == Kind::sign || form.kind == Kind::code;
                 }));
}

std::optional<CurrencyName> currency_behind_number(const MoneyTokens& text, std::size_t at) {
  if (at >= text.tokens.size()) return std::nullopt;
  return at_home(text, form_behind_number(text, at));
}

}  // namespace stakeout
