"""The rules of the five colours read a second time, from the rules' text alone: the hard part as well.

Kept apart: written from the text of the rules, the model of plan and testimony and the thresholds of the rules file, without opening the
engine, its decision records or its cases.  The way is another on purpose: slow, one sentence of the rules for each function, quoted in its
docstring (translated where the text is Chinese), exact fractions throughout.  What it shares with the engine: the model, and the spans of
merged cells, which are a question of the promise.  Since then it is held against the engine on random plans; each difference was judged by
the text, by somebody who saw both: where the engine was wrong there is a case, where this reading was, the choice below says what was settled.

    reading(promise, number, records, rules, as_of, known) -> Reading

CHOICES: where the text leaves one, it is taken by the three principles (silence proves nothing and improves nothing; ambiguity never
convicts; a day without a new record never improves a standing).

 1. "Its checkpoint has ended": the last day lies before the day judged.
 2. Two targets of one number on the same day: the year's number stands alone (a lowered last cell does not lower the year, a lowered
    year is not held against the cell that repeats it); increments are in the sum anyway; of several cells the hardest to meet.
 3. The year's number is no cell and owes no report of its own, unless a change puts its day after the last checkpoint.
 4. A cell owes one report, at its latest day; every new day after the last checkpoint owes one, also where a cell has several.
 5. "Several: the latest that qualifies": in order of the day on which each was approved and published; a later change of value or day
    calls a dropped target back.  Notice is always counted from the day printed, target by target where a whole cell or number is changed;
    a number dropped without a cell is dropped in every cell.
 6. The report for a day after the last checkpoint is any file of the last checkpoint published on or after that day; it is the last
    checkpoint's report, too, where that owes one.  A value in it stands for the latest such day on which the number has a target, else for
    the last checkpoint; what it takes back is taken back for both.
 7. A file that was taken down counts as filed (the unit was not silent) and says nothing.
 8. A value without a day stands for the latest day of that number at that checkpoint, and for an earlier one where it reaches it; where
    there is none, for the checkpoint's end, and is not early then, for it has no target to be early for.  A later file that names that
    latest day unsays it.  A total of another day that is enough is a word on a target of whose day there is none.
 9. An at_least total counts as soon as it is public wherever it reaches the plan, and everywhere if it reaches its own target early; else a
    passing day would improve a standing.  Every other value counts from the day after its own, when its own plan can be judged.  An
    interim value counts for nothing but what an earlier checkpoint asked and it already reaches.
10. "A sum already >= P needs no new mention"; where it fell short of its own checkpoint's plan it is still held against that, or a plan
    lowered later would turn an unmet number green by silence.  A level, or a total that must not grow too large, answers for an earlier
    checkpoint only if it is of no target's day and good enough: not good enough, it proves nothing of that day.
11. `withdrawn` takes back the word of that checkpoint only; what an earlier checkpoint's report said stands again.
12. A run of done in several reports: done since the earliest day that one of them gives.  "The due day if its own checkpoint's report is
    public by report_due": the report must be one that says done.
13. "Evidence dated no later" may stand in any file of the same checkpoint that is public.
14. Done since a day after the day judged, whether the day was stated or is `published`: not done on the day judged.
15. A report due during a 暂缓 is not required; what waits for it waits for the next required one, with none left for the day of review.
    Spells that touch are one spell.  A rectification falling due during it is a duty falling due during it.
16. 暂缓前 is the verdict of the same day: what falls due during the spell is aged from its end, and so not judged yet.
17. A problem closed and reopened was not overdue while it was closed; it is at least orange whenever its deadline is.
18. Without a year's number, the last plan stands for it in "under 2 % of the annual target"; of a range, its larger bound.  "At_most 0: A > 0
    is red" goes before it.
19. P = 0 of at_least: that step is left out, and the step before it is the latest; blue waits for its day.
20. 推算: at the end of a day, target x days since the first of January, that day counted, / days to the due day, likewise; whole things.
    Where the year's number is dropped, its estimate is dropped with it, and was judged as soon as a checkpoint was.
21. State 6 applies where nothing at all was judged (a row may have a rolling cell and others).  State 7, too, replaces no colour.
22. Levels hold on their day if each step was met in its own report, where one was given or required.
23. What is moved so that it cannot be judged on the closing day is judged on closing by its original day, in the headline: to that day or
    later, or behind the last checkpoint so late that its report is not due by then and none has come.  Its cell owes no report, and the
    verdict by every change is not so corrected.
24. The original verdict demands the reports that both the original and the headline's targets owe.  It is 没法评定 where it would be
    数据不全 for nothing but what the reports would have said that a change took off.
25. A first result is 没有保存 where a record filed by then was taken down later and its tombstone keeps no result; before reporting had
    opened there was none.
26. What is dropped in the same reading withholds blue.
27. A cell with nothing in it is never judged, dropped or not; only where every target of the row was dropped it makes state 7.  Blue waits
    for its day, not for its report.
28. A checkpoint's ends, not the opening, say when a target is judged; the opening only excuses reports.
"""

from .brief import first_result
from .reading import UNDECIDABLE, Reading, reading

__all__ = ["UNDECIDABLE", "Reading", "first_result", "reading"]
