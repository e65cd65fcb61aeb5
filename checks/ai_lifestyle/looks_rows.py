"""What lies in the goals table: a sample of it, all its goals, and what user A keeps?"""

from __future__ import annotations

from dataclasses import dataclass

from checks.ai_lifestyle.answers import Said
from checks.ai_lifestyle.diary import GOALS, Diary
from checks.ai_lifestyle.freshness import Standing
from checks.ai_lifestyle.lists import Lists
from checks.ai_lifestyle.people import User
from checks.ai_lifestyle.rows import Row, Sample
from checks.ai_lifestyle.scans import Batches, Question, Reader
from fixtures.aws import Aws
from fixtures.concurrency import each
from fixtures.observations import instrument, observation
from fixtures.probes.answers import member
from fixtures.targets import Target

MOST_SAMPLED = 2000
LEGACY = "gonogo-legacy"
ASKED_FOR = ("goal_id", "title", "status")
LAST = 3


@dataclass(frozen=True)
class Shelves:
    """The same goals in the table and in the list, titles by id."""

    stored: dict[str, str]
    listed: dict[str, str]

    @property
    def differences(self) -> list[str]:
        """What is on one side only."""
        return [
            *(
                f"{title} is stored and not listed"
                for id_, title in self.stored.items()
                if id_ not in self.listed
            ),
            *(
                f"{title} is listed and not stored"
                for id_, title in self.listed.items()
                if id_ not in self.stored
            ),
        ]


@instrument
def reader(aws: Aws, target: Target) -> Reader:
    """The goals table, to be read."""
    table = target.parts.tables[0]
    return Reader(aws.client("dynamodb"), table, target.settings.settling_s / 60)


@observation(deadline_s=60)
def sample(reader: Reader, diary: Diary) -> Sample:
    """Some rows of the table, and the goals that they are about."""
    return reader.sample(MOST_SAMPLED, diary.now())


@observation(deadline_s=300)
def stored_goals(reader: Reader, sample: Sample) -> list[Row]:
    """All goals of the table."""
    return sample.goals if sample.is_whole else reader.goals()


@observation(deadline_s=60)
def goals_by_key(reader: Reader, user_a: User) -> Batches:
    """Goals of user A, up to a hundred, asked for by their keys at once."""
    found = [item for page in reader.of_user(user_a.sub, reader.keys) for item in member(page, "Items")]
    keys = [(item[reader.keys[0]]["S"], item[reader.keys[1]]["S"]) for item in found[:100]]
    if not keys:
        raise LookupError("user A has no goals")
    rows, never, tries = reader.batches(keys)
    return Batches(len(keys), tuple(row.sk for row in rows), tries, tuple(sk for _, sk in never))


@observation(deadline_s=60)
def goals_of_user(reader: Reader, user_a: User) -> Question:
    """User A's goals, asked for by key, with three attributes only."""
    pages = reader.of_user(user_a.sub, ASKED_FOR)
    scanned, count = (sum(int(member(page, name)) for page in pages) for name in ("ScannedCount", "Count"))
    names = {name for page in pages for item in member(page, "Items") for name in item}
    if not count:
        raise LookupError("user A has no goals")
    return Question(scanned, count, tuple(sorted(names - set(ASKED_FOR))))


@observation(deadline_s=60)
def standing_goals(reader: Reader, diary: Diary, goal_lists: Lists, target: Target) -> list[Standing]:
    """The standing goals, and when each was last logged to before this run."""
    listed = {item.words["title"]: item for item in goal_lists.whole.items}

    def look(named: tuple[str, str]) -> Standing:
        pattern, title = named
        item = listed.get(title)
        rows = reader.newest(diary.user.sub, item.id, LAST) if item else []
        others = [row for row in rows if row.said.get("note") != diary.note]
        logged = [moment for row in others if (moment := row.time("logged_at"))]
        updated = item.at["updated_at"] if item else None
        return Standing(
            pattern, title, item.id if item else None, updated, max(logged, default=None), diary.began
        )

    return each(look, target.settings.standing_goals.items())


@observation
def own_users(user_a: User, user_b: User) -> list[str]:
    """The ids of our own users, whose goals are many because of us."""
    return [user_a.sub, user_b.sub]


@observation
def legacy_goal(diary: Diary, goal_lists: Lists) -> Said:
    """A goal that was stored before there were the newer attributes."""
    found = [item.id for item in goal_lists.whole.items if item.words["title"] == LEGACY]
    if not found:
        raise LookupError(f"user A has no goal {LEGACY}")
    return diary.get(f"{GOALS}/{found[0]}")


@observation
def shelves(stored_goals: list[Row], goal_lists: Lists, diary: Diary) -> Shelves:
    """User A's goals that were not begun by this run, archived ones left out: as stored, and as listed."""
    listed = {item.id: item.words["title"] for item in goal_lists.whole.items}
    stored = {
        str(row.said.get("goal_id")): str(row.said.get("title"))
        for row in stored_goals
        if row.pk == f"USER#{diary.user.sub}" and row.said.get("status") != "archived"
    }
    kept = [
        {id_: title for id_, title in some.items() if not diary.is_ours(title)} for some in (stored, listed)
    ]
    return Shelves(*kept)
