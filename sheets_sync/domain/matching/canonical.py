"""Chooses one of the equally good pairings, the same on every machine and for every order of rows."""

import hashlib

import numpy as np

from sheets_sync.domain.matching.certificate import Prices
from sheets_sync.domain.matching.flow import UNPAIRED, Edges, heaviest_complete
from sheets_sync.domain.matching.pool import Bits, Ints, Pool

_GAIN_BITS = 30


def lots(pool: Pool, edges: Edges) -> Ints:
    """A lot of 30 bits for every edge, drawn from the codes of both people and the form, never from order."""
    people = _digests([m.id for m in pool.mentees])[edges.row]
    mentors = _digests([m.id for m in pool.mentors])[edges.mentor]
    forms = _digests([f.title for f in pool.rules.forms])[edges.form]
    mixed = _mix(_mix(people) + _mix(mentors ^ np.uint64(0x5851F42D4C957F2D)) * np.uint64(3) + forms)
    return (mixed >> np.uint64(64 - _GAIN_BITS)).astype(np.int64)


def canonical_pairing(pool: Pool, edges: Edges, capacity: Ints, prices: Prices) -> Ints:
    """Among all pairings that the prices allow as optimal, the one with the greatest sum of lots.

    Complementary slackness: exactly the optimal pairings use only tight edges, pair every row whose price is
    above zero and fill every mentor whose price is above zero.
    """
    tight = prices.row[edges.row] + prices.mentor[edges.mentor] == edges.weight + prices.person
    face = edges.where(tight)
    at = np.flatnonzero(tight)
    must = (prices.row > 0, np.where(prices.mentor > 0, capacity, 0))
    chosen = heaviest_complete(face, lots(pool, face), len(prices.row), capacity, must)
    return np.where(chosen == UNPAIRED, UNPAIRED, at[chosen]) if len(at) else chosen


def _digests(words: list[str]) -> Bits:
    raw = [hashlib.blake2b(word.encode(), digest_size=8).digest() for word in words]
    return np.frombuffer(b"".join(raw), dtype="<u8").astype(np.uint64)


def _mix(bits: Bits) -> Bits:
    """Finaliser of splitmix64: every input bit reaches every output bit."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
