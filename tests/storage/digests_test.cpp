#include <memory>
#include <stdexcept>

#include <doctest/doctest.h>

#include "tests/storage/sample.h"

namespace stakeout {
namespace {

using namespace sample;

using Lines = std::vector<std::string>;

constexpr std::uint64_t host = 7;

// Articles of one site, by number.
struct SiteStore {
  void save(const std::string& number, const std::string& fingerprint) {
    save_in(*store, number, fingerprint);
  }

  static void save_in(Store& store, const std::string& number, const std::string& fingerprint) {
    ArticleRecord record = article(add_page(store, number), "Text of " + fingerprint, "2024-10-07");
    record.marks.fingerprint = fingerprint;
    record.marks.host_hash = host;
    store.save_article(record, monday);
  }

  [[nodiscard]] Lines latest(std::size_t limit = 20, std::int64_t but_article = 0) const {
    return store->host_digests(host, but_article, limit, [](std::string_view fingerprint) {
      return std::string{fingerprint} + "!";
    });
  }

  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "news.db";
  std::unique_ptr<Store> store = std::make_unique<Store>(file);
};

}  // namespace

TEST_CASE("what is made of a site's fingerprints is that of its latest articles") {
  SiteStore s;
  for (const char* number : {"1", "2", "3"}) s.save(number, std::string{"print "} + number);
  CHECK(s.latest() == Lines{"print 3!", "print 2!", "print 1!"});
  CHECK(s.latest(2) == Lines{"print 3!", "print 2!"});
  CHECK(s.latest(2, 3) == Lines{"print 2!", "print 1!"});
  s.save("2", "another print");
  CHECK(s.latest() == Lines{"print 3!", "another print!", "print 1!"});
  s.store = std::make_unique<Store>(s.file);
  CHECK(s.latest() == Lines{"print 3!", "another print!", "print 1!"});
}

TEST_CASE("what is made of a fingerprint whose saving was undone is forgotten") {
  SiteStore s;
  s.save("1", "print 1");
  CHECK_THROWS_AS(s.store->together([&] {
    s.save("1", "another print");
    s.save("2", "print 2");
    CHECK(s.latest() == Lines{"print 2!", "another print!"});
    throw std::runtime_error{"no more"};
  }),
                  std::runtime_error);
  CHECK(s.latest() == Lines{"print 1!"});
  s.save("2", "print of later");
  CHECK(s.latest() == Lines{"print of later!", "print 1!"});
}

TEST_CASE("what is made of a fingerprint is made once, whatever else another connection commits") {
  static int made = 0;
  made = 0;
  SiteStore s;
  s.save("1", "print 1");
  const auto look = [&] {
    return s.store->host_digests(host, 0, 20, [](std::string_view fingerprint) {
      ++made;
      return std::string{fingerprint};
    });
  };
  CHECK(look() == Lines{"print 1"});
  {
    Store other{s.file};
    other.sync_entities({vendor("Acme")}, monday);
  }
  CHECK(look() == Lines{"print 1"});
  CHECK(made == 1);
}

TEST_CASE("a fingerprint that another connection saved is the one that counts") {
  SiteStore s;
  s.save("1", "print 1");
  CHECK(s.latest() == Lines{"print 1!"});
  {
    Store other{s.file};
    SiteStore::save_in(other, "1", "another print");
    SiteStore::save_in(other, "2", "print 2");
  }
  CHECK(s.latest() == Lines{"print 2!", "another print!"});
}

}  // namespace stakeout
