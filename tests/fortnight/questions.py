"""The twenty questions of docs/research.md over a world, and their right answers."""
import re
from datetime import datetime
from pathlib import Path

from world import OUTLETS, SPYWARE, UNLISTED, World

US = {"Harbour Ministry", "Quay Bureau", "Coast Patrol", "Tide Office"}
BELOW_MINISTRY = {"Harbour Ministry", "Quay Bureau", "Coast Patrol"}


def first_statements(research: Path):
    """The first block of SQL of each question, by its number."""
    text = research.read_text()
    found = {}
    for part in re.split(r"^### ", text, flags=re.M)[1:]:
        block = re.search(r"^```sql\n(.*?)^```", part, flags=re.M | re.S)
        if block and not part.startswith("20."):  # that one is asked by `search`
            found[int(part.split(".")[0])] = block.group(1).strip().rstrip(";")
    return found


class Truth:
    """What the statements must answer: rows of the columns that are named, in no order."""

    def __init__(self, world: World, end: datetime, contract_ids: dict):
        self.world = world
        self.end = end
        self.ids = contract_ids  # (vendor, agency) -> id
        self.big = next(d for d in world.deals if d.amount == 2_400_000)

    def replacements(self, number):
        """Words of the statement that stand for this world's."""
        big = self.ids[self.big.vendor, self.big.agency]
        return {3: [("2024-10%", "2026-11%")], 4: [("contract_id = 1", f"contract_id = {big}")],
                7: [("2025-09-15", "2026-12-01")],
                11: [("contract_id = 1", f"contract_id = {big}")],
                17: [("limit 2", "limit 4")]}.get(number, [])

    def _deals(self):
        return self.world.deals

    def _rows(self, keep, *columns):
        return [[str(getattr(d, c)) for c in columns] for d in self._deals() if keep(d)]

    def _articles(self, keep):
        return [a for a in self.world.articles if a.published <= self.end and keep(a)]

    def answer(self, number):
        return getattr(self, f"_answer_{number}")()

    def _answer_1(self):
        return ["vendor", "agency", "amount", "status"], self._rows(
            lambda d: d.vendor in SPYWARE and d.agency in US, "vendor", "agency", "amount", "status")

    def _answer_2(self):
        return ["contract_id", "amount"], []  # no two outlets disagree

    def _answer_3(self):
        rows = [[on, d.vendor, d.agency, "status", before, after]
                for d in self._deals() for on, before, after in d.changes]
        return ["day", "vendor", "agency", "field", "before", "after"], rows, lambda r: r["field"] == "status"

    def _answer_4(self):
        rows = [[self.big.signed, "status", "", "signed"]]
        rows += [[on, "status", before, after] for on, before, after in self.big.changes]
        return ["day", "field", "before", "after"], rows

    def _answer_5(self):
        buyers = {}
        for d in self._deals():
            if d.vendor in SPYWARE and d.status != "cancelled":
                buyers.setdefault(d.agency, set()).add(d.vendor)
        return ["agency", "vendors"], [[a, str(len(v))] for a, v in buyers.items() if len(v) > 1]

    def _answer_6(self):
        return ["agency", "vendor", "amount", "status"], self._rows(
            lambda d: d.agency in BELOW_MINISTRY, "agency", "vendor", "amount", "status")

    def _answer_7(self):
        return ["vendor", "agency", "ends_on"], self._rows(
            lambda d: "2026-12-01" <= d.ends <= "2027-03-01", "vendor", "agency", "ends")

    def _answer_8(self):
        sums = {}
        for d in self._deals():
            if d.currency == "USD" and d.signed and d.status != "cancelled":
                total = sums.setdefault((d.vendor, d.signed[:4]), [0, 0])
                total[0] += d.amount
                total[1] += 1
        return (["vendor", "year", "dollars", "contracts"],
                [[v, y, str(s), str(n)] for (v, y), (s, n) in sums.items()])

    def _answer_9(self):
        return ["vendor", "agency"], self._rows(lambda d: len(d.stories) == 1, "vendor", "agency")

    def _answer_10(self):
        rows = []
        for d in self._deals():
            first = min(a.published for a in self._articles(lambda a, d=d: a.deal is d))
            rows.append([d.vendor, d.agency, d.signed, first.strftime("%Y-%m-%dT%H:%M:%SZ")])
        return ["vendor", "agency", "signed_on", "reported"], rows

    def _answer_11(self):
        return ["field", "value"], [["vendor", self.big.vendor], ["agency", self.big.agency],
                                    ["amount", str(self.big.amount)]], lambda r: r["field"] in (
                                        "vendor", "agency", "amount")

    def _answer_12(self):
        return ["vendor", "agency", "amount", "status"], self._rows(
            lambda d: d.changes and d.currency == "USD" and d.amount >= 1_000_000,
            "vendor", "agency", "amount", "status")

    def _answer_13(self):
        # The mentions: each story that names the vendor, on the day it was first told.
        first = {}
        for a in self._articles(lambda a: "Glasshouse Systems" in a.names):
            first[a.story] = min(first.get(a.story, a.published), a.published)
        return (["day", "what"], [[t.strftime("%Y-%m-%d"), "mention"] for t in first.values()],
                lambda r: r["what"] == "mention")

    def _answer_14(self):
        pairs = {}
        for a in self._articles(lambda a: a.names):
            pairs.setdefault(a.names, set()).add(a.story)
        rows = sorted(([v, g, len(s)] for (v, g), s in pairs.items()), key=lambda r: (-r[2], r[0], r[1]))
        return ["vendor", "agency", "stories"], [[v, g, str(n)] for v, g, n in rows[:5]]

    def _answer_15(self):
        return ["name", "agency", "amount"], self._rows(
            lambda d: d.vendor == UNLISTED, "vendor", "agency", "amount")

    def _answer_16(self):
        sites = {}
        for a in self._articles(lambda a: SPYWARE & set(a.names)):
            sites.setdefault(OUTLETS[a.outlet], []).append(a)
        return (["site", "stories", "articles"],
                [[s, str(len({a.story for a in found})), str(len(found))] for s, found in sites.items()])

    def _answer_17(self):
        copies = {}
        for a in [a for a in self.world.articles if a.published <= self.end]:
            copies[a.story] = copies.get(a.story, 0) + 1
        return ["articles"], [[str(n)] for n in sorted(copies.values(), reverse=True)[:4]]

    def _answer_18(self):
        return ["status", "title"], [["gone", a.title] for a in self.world.articles if a.gone_at]

    def _answer_19(self):
        rows = []
        for outlet in OUTLETS:
            found = [a for a in self.world.articles if a.outlet == outlet and a.published <= self.end]
            deals = {id(a.deal) for a in found if a.deal is not None}
            rows.append([outlet, "ok", str(len(found)), str(len(deals))])
        return ["title", "status", "entries", "contracts"], rows

    def _answer_20(self):
        return ["title"], [[a.title] for a in self._articles(lambda a: "behind closed doors" in a.text)]
