#include "app/settings.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "app/commands/unknown_names.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

std::string origin_of(const Settings& settings, std::string_view key) {
  const auto line = std::ranges::find(settings.lines, key, &SettingLine::key);
  return line == settings.lines.end() ? "" : line->origin;
}

}  // namespace

TEST_CASE("without a file every setting has its default") {
  const Settings settings = load_settings({}, {{"HOME=/nonexistent"}}).value();
  CHECK(settings.feeds == "feeds.txt");
  CHECK(settings.database == "stakeout.db");
  CHECK(settings.fetch.per_host_connections == 2);
  CHECK(settings.fetch.per_host_delay == std::chrono::seconds{1});
  CHECK(settings.fetch.max_body == 8 << 20);
  CHECK(origin_of(settings, "fetch.timeout") == "default");
}

TEST_CASE("a drop-in wins over the file, and the environment over both") {
  const TemporaryFolder folder;
  const fs::path file =
      folder.write("stakeout.toml",
                   "feeds = \"lists/feeds.txt\"\n[fetch]\nper_host_delay = \"5s\"\n"
                   "timeout = \"10s\"\nallow_private = [\"10.0.0.0/8:80\"]\n");
  folder.write("conf.d/10-delay.toml", "[fetch]\nper_host_delay = \"2s\"\n");
  const Settings settings =
      load_settings(file, {{"STAKEOUT_FETCH__TIMEOUT=7s", "STAKEOUT_DATABASE=/tmp/x.db"}}).value();
  CHECK(settings.feeds == folder.path() / "lists/feeds.txt");
  CHECK(settings.fetch.per_host_delay == std::chrono::seconds{2});
  CHECK(settings.fetch.timeout == std::chrono::seconds{7});
  CHECK(settings.database == "/tmp/x.db");
  CHECK(settings.fetch.allow_private == std::vector<std::string>{"10.0.0.0/8:80"});
  CHECK(origin_of(settings, "fetch.timeout") == "$STAKEOUT_FETCH__TIMEOUT");
  CHECK(origin_of(settings, "feeds") == file.string() + ":1");
}

TEST_CASE("a fault in a settings file is told with file, line and what to write") {
  struct Case {
    std::string_view text;
    std::string_view told;
  };
  const Case cases[] = {
      {"[fetch]\nper_host_dealy = \"1s\"\n",
       "stakeout.toml:2: unknown setting 'fetch.per_host_dealy'; "
       "the nearest known one is 'fetch.per_host_delay'"},
      {"\n\nfeeds = 7\n", "stakeout.toml:3: feeds: a text in quotes is wanted here"},
      {"[fetch]\ntimeout = \"soon\"\n", "stakeout.toml:2: fetch.timeout: 'soon' is not a duration"},
      {"[fetch]\nconnections = 0\n", "'0' is not a whole number"},
      {"[fetch]\nmax_body = \"8 apples\"\n", "'8 apples' is not a size"},
      {"[fetch]\nmax_body = \"0\"\n", "stakeout.toml:2: fetch.max_body: '0' leaves no room"},
      {"[fetch]\ntimeout = \"0s\"\n", "stakeout.toml:2: fetch.timeout: '0s' leaves no time"},
      {"[fetch]\nallow_private = [\"10.0.0.5/8\"]\n",
       "stakeout.toml:2: fetch.allow_private: '10.0.0.5/8': the address has bits beyond its block"},
      {"[fetch]\nallow_private = [\"10.0.0.0/99\"]\n",
       "stakeout.toml:2: fetch.allow_private: '10.0.0.0/99': "},
      {"[retention]\ntexts = \"5h\"\n", "retention.texts: '5h' is too short; write a day"},
      {"[retention]\ntexts = \"never\"\n", "; or write \"forever\""},
      {"feeds = \n", "stakeout.toml:1: "},
      {"[[digest]]\nname = \"x\"\nrecipients = []\n", "unknown setting 'recipients'"},
      {"[[digest]]\nto = \"a@b\"\n", "a [[digest]] needs a name"},
      {"[[digest]]\nname = \"x\"\nto = \"desk\"\n", "'desk' is no mail address"},
      {"[[digest]]\nname = \"x\"\nschedule = \"sometimes\"\n", "is no schedule; write one such as"},
      {"[[digest]]\nname = \"x\"\nwhen_empty = \"never\"\n", "is not \"quiet\" or \"send\""},
      {"[[digest]]\nname = \"x\"\n[[digest]]\nname = \"x\"\n", "there is a [[digest]] 'x' already"},
      {"[smtp]\nurl = \"mail.example.org\"\n", "is no mail server"},
      {"[smtp]\nfrom = \"Watch\"\n", "is no mail address"},
      {"[smtp]\ntls = \"maybe\"\n", "is not \"required\" or \"off\""},
      {"[smtp]\nurl = \"smtp://a.example\"\nsendmail = \"/bin/m\"\n", "give one of smtp.url"},
      {"[smtp]\nurl = \"smtp://a.example\"\nusername = \"u\"\ntls = \"off\"\n", "in the clear"},
      {"[[digest]]\nname = \"x\"\nkinds = [\"news\"]\n", "'news' is no kind of alert"},
      {"[[digest]]\nname = \"x\"\nmute_kinds = [\"feed_silence\"]\n",
       ":3: mute_kinds: 'feed_silence' is no kind of alert; the nearest one is 'feed_silent'"},
      {"[[digest]]\nname = \"x\"\nmute_kinds = [\"correction\"]\n",
       ":3: mute_kinds: a correction cannot be muted"},
      {"[[digest]]\nname = \"x\"\nmute_stories = [\"one\"]\n",
       ":3: mute_stories: 'one' is no story; write its number"},
      {"[[digest]]\nname = \"x\"\nmute_stories = [0.5]\n", "a list of numbers is wanted here"},
      {"[[digest]]\nname = \"x\"\nmin_amount = \"much\"\n", "'much' is no amount such as"},
      {"[[digest]]\nname = \"x\"\nmin_amount = 5\ncurrency = \"dollars\"\n",
       ":4: currency: 'dollars' is no currency code"},
      {"[[digest]]\nname = \"x\"\ncurrency = \"EUR\"\n",
       ":3: currency: it says what min_amount counts in"},
  };
  for (const auto& [text, told] : cases) {
    CAPTURE(text);
    const TemporaryFolder folder;
    const auto settings = load_settings(folder.write("stakeout.toml", text), {});
    REQUIRE_FALSE(settings.has_value());
    CHECK(settings.error().message.find(told) != std::string::npos);
  }
}

TEST_CASE("all faults of the settings are told at once, by file and line") {
  const TemporaryFolder folder;
  const auto settings = load_settings(
      folder.write("stakeout.toml",
                   "feeds = 7\n"
                   "[[digest]]\nname = \"x\"\nkinds = [\"new_contact\"]\nrecipients = []\n"
                   "[[digest]]\nto = [\"a@b.example\"]\n"
                   "[fetch]\nlook_again = [\"1d\", \"5w\"]\nconnections = 0\n"),
      {{"STAKEOUT_FETCH__TIMEOUT=soon"}});
  REQUIRE_FALSE(settings.has_value());
  const std::string file = (folder.path() / "stakeout.toml").string();
  const std::string told = settings.error().message;
  CAPTURE(told);
  std::size_t at = 0;
  for (const char* part :
       {":1: feeds: a text",
        ":4: kinds: 'new_contact' is no kind of alert; the nearest one is 'new_contract'",
        ":5: in [[digest]]: unknown setting 'recipients'", ":6: a [[digest]] needs a name",
        ":9: fetch.look_again: '5w' is longer than 31d", ":10: fetch.connections: '0' is not"}) {
    CAPTURE(part);
    at = told.find("\n" + file + part, at);
    CHECK(at != std::string::npos);
  }
  CHECK(told.starts_with("$STAKEOUT_FETCH__TIMEOUT: 'soon' is not a duration"));
}

TEST_CASE("what a digest filters by and nobody has is told with its line and the nearest word") {
  const TemporaryFolder folder;
  const Settings settings =
      load_settings(folder.write("stakeout.toml",
                                 "[[digest]]\nname = \"desk\"\n"
                                 "vendors = [\"glasshouse\", \"Glashouse Systems\"]\n"
                                 "agencies = [\"Quay Bureau\"]\n"
                                 "categories = [\"spywear\", \"police\"]\n"
                                 "tags = [\"local\", \"lcoal\"]\n"
                                 "mute_vendors = [\"Glasshouse\", \"Glashous\"]\n"),
                    {})
          .value();
  const Watchlist watchlist{
      parse_watchlist("kind,name,category,aliases,country,parent,context,wikidata\n"
                      "vendor,Glasshouse Systems,spyware,Glasshouse,,,,\n"
                      "agency,Quay Bureau,police,,,,,\n",
                      "names.csv")
          .entities};
  const FeedList feeds{{{"https://a.example/feed", "", {"local"}}}, {}, 0};
  const std::string file = (folder.path() / "stakeout.toml").string();
  CHECK(unknown_in_digests(settings, watchlist, &feeds) ==
        std::vector<std::string>{
            file + ":3: vendors: 'Glashouse Systems' is no vendor of the watchlist; did you mean "
                   "'Glasshouse Systems'?",
            file +
                ":7: mute_vendors: 'Glashous' is no vendor of the watchlist, and mutes only what "
                "is found under this very name; did you mean 'Glasshouse Systems'?",
            file + ":5: categories: 'spywear' is no category; did you mean 'spyware'?",
            file + ":6: tags: 'lcoal' is the tag of no feed; did you mean 'local'?"});
  CHECK(unknown_in_digests(settings, watchlist, nullptr).size() == 3);
}

TEST_CASE("a digest's mutes are read as they are written, one alone or a list") {
  const TemporaryFolder folder;
  const Settings settings =
      load_settings(folder.write("stakeout.toml",
                                 "[[digest]]\nname = \"desk\"\nmute_stories = [912, \"930\"]\n"
                                 "min_amount = \"1.5M\"\ncurrency = \"EUR\"\n"
                                 "[[digest]]\nname = \"two\"\nmute_stories = 7\nmin_amount = 20\n"),
                    {})
          .value();
  const DigestSettings& desk = settings.digests.at(0);
  CHECK(desk.mute_stories == std::vector<std::int64_t>{912, 930});
  CHECK(desk.min_amount == 1'500'000'000);
  CHECK(desk.currency == "EUR");
  CHECK(settings.digests.at(1).mute_stories == std::vector<std::int64_t>{7});
  CHECK(settings.digests.at(1).min_amount == 20'000);
  CHECK(settings.digests.at(1).currency == "USD");
}

TEST_CASE("a quote that nothing closes is told in plain words") {
  for (const char* text : {"feeds = \"feeds.txt\ndatabase = \"x.db\"\n", "feeds = \"feeds.txt",
                           "feeds = 'feeds.txt\n"}) {
    CAPTURE(text);
    const TemporaryFolder folder;
    const auto settings = load_settings(folder.write("stakeout.toml", text), {});
    REQUIRE_FALSE(settings.has_value());
    CHECK(settings.error().message ==
          (folder.path() / "stakeout.toml").string() +
              ":1: a quote is opened here that nothing closes on this line");
  }
}

TEST_CASE("a bad address range in the environment is told with the name of the variable") {
  const auto settings =
      load_settings({}, {{"HOME=/nonexistent", "STAKEOUT_FETCH__ALLOW_PRIVATE=10.0.0.1 here"}});
  REQUIRE_FALSE(settings.has_value());
  CHECK(settings.error().message.starts_with("$STAKEOUT_FETCH__ALLOW_PRIVATE: 'here': "));
}

TEST_CASE("a variable that is meant for a section and is no setting is told with the nearest one") {
  const auto mistyped =
      load_settings({}, {{"HOME=/nonexistent", "STAKEOUT_FETCH__TIMOUT=5s", "STAKEOUT_LOG=1"}});
  REQUIRE_FALSE(mistyped.has_value());
  CHECK(mistyped.error().message ==
        "$STAKEOUT_FETCH__TIMOUT: it sets nothing; the nearest known one is "
        "$STAKEOUT_FETCH__TIMEOUT");
  CHECK(load_settings({}, {{"HOME=/nonexistent", "STAKEOUT_LOG=1", "MY_STAKEOUT__X=1"}}));
}

TEST_CASE("a key that is set twice is told by its name and line") {
  for (const char* text :
       {"feed = \"a\"\n\n[[feed]]\nurl = \"https://a.example/\"\n",
        "[feed]\nurl = \"https://a.example/\"\n[[feed]]\n", "[fetch]\n\nfeed = 1\nfeed = 2\n"}) {
    CAPTURE(text);
    const TemporaryFolder folder;
    const auto settings = load_settings(folder.write("stakeout.toml", text), {});
    REQUIRE_FALSE(settings.has_value());
    CAPTURE(settings.error().message);
    CHECK(settings.error().message.find("'feed' is set above already") != std::string::npos);
    CHECK(settings.error().message.find("stakeout.toml:0") == std::string::npos);
  }
}

TEST_CASE("a settings file that was named has to exist") {
  CHECK_FALSE(load_settings("/nonexistent/stakeout.toml", {}).has_value());
  CHECK_FALSE(load_settings({}, {{"STAKEOUT_CONFIG=/nonexistent.toml"}}).has_value());
}

TEST_CASE("durations and sizes are read with their units") {
  CHECK(parse_duration("250ms").value().count() == 250);
  CHECK(parse_duration("15").value().count() == 15'000);
  CHECK(parse_duration("2d").value().count() == 172'800'000);
  CHECK(parse_size("8MiB").value() == 8'388'608);
  CHECK(parse_size("10MB").value() == 10'000'000);
  for (const char* text : {"", "s", "-1s", "1y", "1 s", "99999999999999999999s"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text).has_value());
  }
}

TEST_CASE("a feed may have a proxy of its own, or none where there is a general one") {
  const TemporaryFolder folder;
  folder.write("proxy", "socks5://reader:secret@tor.example:9050\n");
  const fs::path file =
      folder.write("stakeout.toml",
                   "[fetch]\nproxy = \"http://ops:secret@proxy.example:3128\"\n"
                   "[[feed]]\nurl = \"https://a.example/\"\nproxy = \"direct\"\n"
                   "[[feed]]\nurl = \"https://b.example/\"\nproxy_file = \"proxy\"\n"
                   "[[feed]]\nurl = \"https://c.example/\"\n");
  const Settings settings = load_settings(file, {}).value();
  CHECK(settings.fetch.proxy == "http://ops:secret@proxy.example:3128");
  REQUIRE(settings.feed_settings.size() == 3);
  CHECK(settings.feed_settings[0].proxy == "");
  CHECK(settings.feed_settings[1].proxy == "socks5h://reader:secret@tor.example:9050");
  CHECK_FALSE(settings.feed_settings[2].proxy.has_value());
  CHECK(settings.feed_settings[2].origin == file.string() + ":9");
  for (const SettingLine& line : settings.lines) {
    CAPTURE(line.key);
    CHECK(line.value.find("secret") == std::string::npos);
  }
}

TEST_CASE("a fault in a proxy is told with its place, and never with its password") {
  const TemporaryFolder folder;
  folder.write("no-proxy", "proxy.example:3128 secret\n");
  struct Case {
    std::string_view text;
    std::string_view told;
  };
  const Case cases[] = {
      {"[fetch]\nproxy = \"ftp://u:secret@p:1\"\n", "stakeout.toml:2: fetch.proxy: a proxy begins"},
      {"[fetch]\nproxy = \"http://u:secret@p\"\n", "stakeout.toml:2: fetch.proxy: a proxy ends"},
      {"[fetch]\nproxy_file = \"none\"\n", "none cannot be read or is empty"},
      {"[fetch]\nproxy_file = \"no-proxy\"\n", "no-proxy: a proxy begins"},
      {"[fetch]\nproxy = \"http://p:1\"\nproxy_file = \"no-proxy\"\n", "one of fetch.proxy and"},
      {"[[feed]]\nproxy = \"direct\"\n", "stakeout.toml:1: a [[feed]] needs the url"},
      {"[[feed]]\nurl = \"http://a/\"\nprox = \"\"\n", "stakeout.toml:3: in [[feed]]: unknown"},
      {"[[feed]]\nurl = \"http://a/\"\nproxy = \"p:1\"\n",
       "stakeout.toml:3: proxy: a proxy begins"},
  };
  for (const auto& [text, told] : cases) {
    CAPTURE(text);
    const auto read = load_settings(folder.write("stakeout.toml", text), {});
    REQUIRE_FALSE(read.has_value());
    CAPTURE(read.error().message);
    CHECK(read.error().message.find(told) != std::string::npos);
    CHECK(read.error().message.find("secret") == std::string::npos);
  }
}

}  // namespace stakeout
