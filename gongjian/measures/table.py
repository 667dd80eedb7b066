"""The table of measures (口径表): every word that counts something, once. The manual prints it."""

from gongjian.measures.batches import BATCHES
from gongjian.measures.firms import FIRMS
from gongjian.measures.measure import Measure
from gongjian.measures.office import OFFICE
from gongjian.measures.problems import NOW, PERIOD
from gongjian.measures.tasks import TASKS
from gongjian.measures.visits import VISITS

TABLE: tuple[Measure, ...] = (*NOW, *PERIOD, *BATCHES, *TASKS, *VISITS, *OFFICE, *FIRMS)
MEASURES: dict[str, Measure] = {measure.key: measure for measure in TABLE}
