#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/listing_tables.h"
#include "storage/reader.h"

// What `stakeout show` prints for a person. With --json the sections themselves are printed.

namespace stakeout {

// Where the lines go, and how wide they may be; width 0: nothing is wrapped or cut.
struct Page {
  std::ostream& out;
  std::size_t width = 0;
  bool is_colored = false;
};

// Each prints everything about one thing, of which the first section has the row: as
// Reader::show_contract() and its like return it, not empty. One source file each.
void print_contract(const Page& page, Reader& reader, const std::vector<Section>& sections);
void print_story(const Page& page, Reader& reader, const std::vector<Section>& sections);
void print_article(const Page& page, Reader& reader, const std::vector<Section>& sections);

// ---- What they share

// A line of its own, before the lines that it is the title of.
void print_title(const Page& page, std::string_view title);

// A table with a title, indented by two; nothing where it has no rows.
void print_titled_table(const Page& page, const std::string& title, const Table& rows,
                        const ListingTable& shape);

// Words from outside, wrapped, after so many blanks; nothing where there are none.
void print_words(const Page& page, std::string_view words, std::size_t indent);

// A command that a person can type, and what it is good for; it is not wrapped.
void print_hint(const Page& page, std::string_view what, std::string_view command);

// The rows of a section by its title; no rows where it is not there.
[[nodiscard]] const Table& rows_of_section(const std::vector<Section>& sections,
                                           std::string_view title);

// The alerts and the rejections that the sections have.
void print_alerts(const Page& page, const std::vector<Section>& sections);
void print_rejections(const Page& page, const Table& rejected);

}  // namespace stakeout
