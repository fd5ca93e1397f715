"""Runs mentor-match 7.0.1 in its own environment: reads an instance as JSON, prints its pairs as JSON.

It has no capacities, locks or vetoes; locked people are left out beforehand. Each of our criteria is a rule
of its, each hard rule a disqualification, so that it maximises the same points. It is run in two ways:
`rounds`, as its manual means it (each round gives every mentor one more mentee; a mentor who is full and a
mentee who has somebody are disqualified), and `places`, a way round it (one round over one invented person
per place).
"""

import json
import resource
import sys
import time
from pathlib import Path

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data


class Points:
    """A rule that gives a pair its points, or disqualifies it."""

    def __init__(self, rules):
        self._rules = rules

    def evaluate(self, match):
        return self.score(match.mentee.who, match.mentor.who) is not None

    def apply(self, match):
        score = self.score(match.mentee.who, match.mentor.who)
        if score is None or match.mentee.mentors or len(match.mentor.mentees) >= match.mentor.places:
            match.disallowed = True
            return 0
        return score

    def score(self, mentee, mentor):
        rules = self._rules
        if mentee["id"] == mentor["id"] or [mentee["id"], mentor["id"]] in rules["vetoes"]:
            return None
        if not any(self._form_allows(form, mentee, mentor) for form in rules["forms"]):
            return None
        online = rules["remote"] in mentee["formats"] & mentor["formats"]
        if mentee["place"] != mentor["place"] and not online:
            return None
        named = mentor["id"] in mentee["choices"]
        met = len(mentee["needs"] & mentor["resources"])
        points = rules["points"]
        shares = {
            "needs": met * 1000 // max(1, len(mentee["needs"])),
            "choice": self._choice(mentee, mentor),
            "times": min(1000, len(mentee["slots"] & mentor["slots"]) * 1000 // rules["enough"]),
            "kind": 1000 if not mentee["wanted"] or mentor["group"] in mentee["wanted"] else 0,
            "format": 1000 if mentee["formats"] & mentor["formats"] else 0,
            "class_distance": self._distance(mentee, mentor),
            "group": 1000 if mentee["wants_group"] in (None, mentor["leads"]) else 0,
        }
        if not named and not all(shares[name] for name in rules["mandatory"]):
            return None
        return sum(points[name] * share // 1000 for name, share in shares.items())

    @staticmethod
    def _form_allows(form, mentee, mentor):
        if form["title"] not in mentee["forms"] or form["title"] not in mentor["forms"]:
            return False
        ahead = form["min_class_difference"]
        if ahead is not None and (
            mentee["level"] is None or mentor["level"] is None or mentor["level"] - mentee["level"] < ahead
        ):
            return False
        if form["min_mentee_class"] is not None and (mentee["level"] or -1) < form["min_mentee_class"]:
            return False
        if form["min_mentee_age"] is not None and (mentee["age"] or 99) < form["min_mentee_age"]:
            return False
        more = form["min_experience_difference"]
        if more is not None and mentee["experience"] is not None:
            theirs = -1 if mentor["experience"] is None else mentor["experience"]
            return theirs - mentee["experience"] >= more
        return True

    @staticmethod
    def _choice(mentee, mentor):
        first = mentee["choices"].index(mentor["id"]) + 1 if mentor["id"] in mentee["choices"] else 0
        second = mentor["choices"].index(mentee["id"]) + 1 if mentee["id"] in mentor["choices"] else 0
        if first and second:
            return 1000 - 50 * (first + second - 2)
        if first:
            return 600 - 50 * (first - 1)
        return 400 - 50 * (second - 1) if second else 0

    @staticmethod
    def _distance(mentee, mentor):
        if mentee["level"] is None or mentor["level"] is None:
            return 500
        distance = mentor["level"] - mentee["level"]
        return max(0, 1000 - 250 * max(distance - 3, 1 - distance, 0))


def person(kind, who, place):
    """A participant of mentor-match: its equality is by e-mail."""
    made = kind(**{"grade": 1, "email": f"{who['id']}/{place}", "first name": who["id"]})
    made.who = who
    return made


def sets(who):
    """The lists of JSON as sets where order does not matter."""
    names = ("needs", "resources", "slots", "formats", "wanted")
    return {**who, **{name: set(who[name]) for name in names if name in who}}


def main(path, way):
    """Run and print the pairs."""
    given = json.loads(Path(path).read_text("utf-8"))
    mentees = [person(Mentee, sets(who), 0) for who in given["mentees"]]
    by_place = way == "places"
    mentors = [
        person(Mentor, sets(who), place)
        for who in given["mentors"]
        for place in range(who["places"] if by_place else min(1, who["places"]))
    ]
    for one in mentors:
        one.places = 1 if by_place else one.who["places"]
    rounds = 1 if by_place else max(one.places for one in mentors)
    wall, cpu = time.perf_counter(), time.process_time()
    process_data(mentors, mentees, [[Points(given["rules"])] for _ in range(rounds)])
    spent = time.perf_counter() - wall, time.process_time() - cpu
    pairs = [(one.who["id"], one.mentors[0].who["id"]) for one in mentees if one.mentors]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    json.dump({"wall": spent[0], "cpu": spent[1], "peak_mb": peak, "pairs": pairs}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:3])
