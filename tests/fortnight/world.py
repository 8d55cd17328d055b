"""Fourteen days of invented news: who publishes what and when, and what is true.

The texts and the truth come from the same tables, so that what the program says can be held against what
was meant. Times are datetimes in UTC. Everything is the same for the same seed.
"""
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

START = datetime(2026, 11, 2, tzinfo=timezone.utc)  # a Monday
DAYS = 14

WATCHLIST = """kind,name,category,aliases,country,parent,context,wikidata
vendor,Glasshouse Systems,spyware,Glasshouse,il,,,
vendor,Lantern Works,spyware,,it,,,
vendor,Osprey Signal,spyware,,gb,,,
vendor,Marlin Analytics,data-broker,,us,,,
vendor,Tern Optics,biometrics,,us,,,
agency,Harbour Ministry,police,,us,,,
agency,Quay Bureau,police,,us,Harbour Ministry,,
agency,Coast Patrol,border,,us,Harbour Ministry,,
agency,Rail Police,police,,gb,,,
agency,Tide Office,police,,us,,,
"""
SPYWARE = {"Glasshouse Systems", "Lantern Works", "Osprey Signal"}
UNLISTED = "Heron Data Ltd"  # a seller that the watchlist does not have

OUTLETS = {"courier": "Harbor Courier", "ledger": "City Ledger", "gazette": "Rail Gazette",
           "herald": "Coast Herald", "post": "Tide Post", "mirror": "Inland Mirror"}


@dataclass
class Deal:
    vendor: str
    agency: str
    amount: int  # in whole units of the currency
    currency: str
    signed: str  # YYYY-MM-DD; "": nobody says
    status: str = ""  # the latest
    ends: str = ""
    first_story: int = 0
    stories: set = field(default_factory=set)
    changes: list = field(default_factory=list)  # (day, before, after)


@dataclass
class Article:
    outlet: str
    slug: str
    title: str
    text: str  # paragraphs, an empty line between them
    published: datetime
    story: int
    deal: Deal | None = None
    names: tuple = ()
    revised: tuple = ()  # (when, text) of the second revision
    gone_at: datetime | None = None


def money(amount, currency):
    sign = {"USD": "$", "GBP": "£"}[currency]
    if amount % 100_000 == 0 and amount >= 1_000_000:
        return f"{sign}{amount / 1_000_000:g} million"
    return f"{sign}{amount:,}"


def long_date(day):
    date = datetime.strptime(day, "%Y-%m-%d")
    return f"{date:%B} {date.day}, {date.year}"


class World:
    def __init__(self, words_file: Path, seed=7):
        self._random = random.Random(seed)
        rows = [line.split("\t") for line in words_file.read_text().splitlines() if "\t" in line]
        words = [word for row in rows for word in row[1].split()]
        self._words = [w for w in words if w.isascii() and w.isalpha() and len(w) > 3][500:9000]
        self._stories = 0
        self.articles: list[Article] = []
        self.deals: list[Deal] = []
        self._publish()

    # Sentences that say nothing about anybody, other ones each time.
    def _sentence(self):
        words = [self._random.choice(self._words) for _ in range(self._random.randint(9, 16))]
        return " ".join(words).capitalize() + "."

    def _paragraphs(self, count):
        return [" ".join(self._sentence() for _ in range(3)) for _ in range(count)]

    def _new_story(self):
        self._stories += 1
        return self._stories

    def _add(self, outlet, title, paragraphs, when, story, deal=None, names=()):
        article = Article(outlet, f"n{len(self.articles) + 1}", title, "\n\n".join(paragraphs), when,
                          story, deal, names)
        self.articles.append(article)
        if deal is not None:
            deal.stories.add(story)
        return article

    def _report(self, outlet, when, title, sentence, deal, names, copies=()):
        """A report, and copies of it by other outlets so many hours later."""
        story = self._new_story()
        paragraphs = [sentence] + self._paragraphs(4)
        first = self._add(outlet, title, paragraphs, when, story, deal, names)
        for other, hours in copies:
            self._add(other, title, paragraphs, when + timedelta(hours=hours), story, deal, names)
        return first

    def _publish(self):
        at = lambda day, hour: START + timedelta(days=day - 1, hours=hour, minutes=self._random.randint(1, 50))
        self._past()
        self._signings(at)
        self._later(at)
        self._others(at)
        self.articles.sort(key=lambda article: article.published)

    def _past(self):
        """What the feeds had before the watch began: nobody is told of it."""
        deal = Deal("Tern Optics", "Rail Police", 900_000, "GBP", "2026-10-20", "signed")
        self.deals.append(deal)
        self._report("gazette", START - timedelta(days=11, hours=3), "Railway police buy cameras",
                     "The Rail Police signed a £900,000 contract with Tern Optics on October 20, 2026.",
                     deal, ("Tern Optics", "Rail Police"))
        for outlet in OUTLETS:
            self._report(outlet, START - timedelta(days=2, hours=5), self._sentence()[:40].strip(),
                         self._sentence(), None, ())

    # day, hour, vendor, agency, amount, currency, signed, ends, outlet, copies, an independent report
    SIGNINGS = [
        (1, 9, "Glasshouse Systems", "Quay Bureau", 2_400_000, "USD", "2026-10-30", "", "courier",
         (("ledger", 3), ("post", 5)), ("gazette", 26)),
        (2, 7, "Lantern Works", "Coast Patrol", 650_000, "USD", "2026-11-02", "2027-11-30", "ledger",
         (("mirror", 4),), ("herald", 20)),
        (3, 11, "Marlin Analytics", "Coast Patrol", 3_400_000, "USD", "2026-11-03", "", "herald", (), None),
        (4, 8, "Osprey Signal", "Rail Police", 1_200_000, "GBP", "2026-11-02", "", "gazette",
         (("courier", 2), ("mirror", 6)), ("post", 30)),
        (5, 13, "Lantern Works", "Quay Bureau", 5_100_000, "USD", "2026-11-05", "", "post", (), ("ledger", 9)),
        (6, 10, "Glasshouse Systems", "Tide Office", 780_000, "USD", "2026-11-06", "", "mirror",
         (("courier", 1),), None),
        (8, 9, "Tern Optics", "Coast Patrol", 1_900_000, "USD", "2026-11-09", "2026-12-31", "herald",
         (("post", 3),), ("courier", 22)),
        (9, 15, "Marlin Analytics", "Tide Office", 460_000, "USD", "2026-11-10", "", "ledger", (), None),
        (10, 7, "Osprey Signal", "Harbour Ministry", 7_300_000, "USD", "2026-11-10", "", "courier",
         (("gazette", 2), ("ledger", 4), ("mirror", 7)), ("herald", 24)),
        (12, 12, "Lantern Works", "Tide Office", 330_000, "USD", "2026-11-12", "", "post", (), None),
        (13, 9, "Glasshouse Systems", "Coast Patrol", 4_600_000, "USD", "2026-11-13", "", "gazette",
         (("herald", 3),), None),
    ]

    def _signings(self, at):
        for day, hour, vendor, agency, amount, currency, signed, ends, outlet, copies, other in self.SIGNINGS:
            deal = Deal(vendor, agency, amount, currency, signed, "signed", ends)
            self.deals.append(deal)
            until = f", which runs until {long_date(ends)}" if ends else ""
            sum_ = money(amount, currency)
            article = self._report(
                outlet, at(day, hour), f"{agency} buys from {vendor}",
                f"{vendor} signed a {sum_} contract with the {agency} on {long_date(signed)}{until}.",
                deal, (vendor, agency), copies)
            deal.first_story = article.story
            if other is not None:
                self._report(other[0], article.published + timedelta(hours=other[1]),
                             f"What {vendor} sells to the {agency}",
                             f"The {agency} has signed a contract worth {sum_} with {vendor}, records show.",
                             deal, (vendor, agency))

    # day, hour, which of SIGNINGS, the new status, the day of it, outlet, copies
    LATER = [
        (7, 9, 0, "stop_work", "2026-11-07", "courier", (("ledger", 2),)),
        (11, 14, 0, "resumed", "2026-11-12", "ledger", ()),
        (9, 8, 3, "cancelled", "2026-11-10", "gazette", (("mirror", 3),)),
        (13, 10, 8, "stop_work", "2026-11-13", "post", ()),
    ]
    WORDS = {"stop_work": "stopped work under", "cancelled": "cancelled"}

    def _later(self, at):
        for day, hour, which, status, on, outlet, copies in self.LATER:
            deal = self.deals[1 + which]
            sum_ = money(deal.amount, deal.currency)
            if status == "resumed":
                sentence = (f"The {deal.agency} lifted the stop-work order on its {sum_} contract with "
                            f"{deal.vendor} on {long_date(on)}.")
            else:
                sentence = (f"The {deal.agency} {self.WORDS[status]} its {sum_} contract with {deal.vendor} "
                            f"on {long_date(on)}.")
            # The news of a day comes after it.
            when = max(at(day, hour), datetime.strptime(on, "%Y-%m-%d").replace(tzinfo=timezone.utc)
                       + timedelta(hours=hour))
            self._report(outlet, when, f"{deal.agency}: new turn in deal with {deal.vendor}", sentence,
                         deal, (deal.vendor, deal.agency), copies)
            deal.changes.append((on, deal.status, status))
            deal.status = status

    def _others(self, at):
        # Names without a deal, a seller on no list, a page that is put right, one that goes away.
        for day, hour, outlet, vendor, agency in [(2, 16, "mirror", "Glasshouse Systems", "Harbour Ministry"),
                                                  (6, 17, "herald", "Osprey Signal", "Coast Patrol"),
                                                  (11, 8, "gazette", "Lantern Works", "Harbour Ministry")]:
            self._report(outlet, at(day, hour), f"Hearing on {vendor}",
                         f"{vendor} was heard by the {agency} behind closed doors.", None, (vendor, agency))
        deal = Deal(UNLISTED, "Tide Office", 80_000, "USD", "2026-11-03", "awarded")
        self.deals.append(deal)
        self._report("ledger", at(3, 16), "Tide Office gives order for data",
                     f"{UNLISTED} was awarded an $80,000 contract by the Tide Office on November 3, 2026.",
                     deal, (UNLISTED, "Tide Office"))
        revised = next(a for a in self.articles if a.deal is self.deals[3])  # Marlin Analytics, Coast Patrol
        revised.revised = (START + timedelta(days=4, hours=6),
                           revised.text.replace("$3.4 million", "$3.1 million"))
        self.deals[3].amount = 3_100_000
        lost = next(a for a in self.articles if a.title == "Hearing on Glasshouse Systems")
        lost.gone_at = START + timedelta(days=3)
        for day in range(1, DAYS + 1):
            for outlet in OUTLETS:
                self._report(outlet, at(day, self._random.randint(5, 20)), self._sentence()[:45].strip(),
                             self._sentence(), None, ())
