"""The airline model of Box and Jenkins, ARIMA(0,1,1)(0,1,1)12, with Spring Festival as a regressor, by statsmodels.

Its two parameters are not estimated: three settings from quick to slow stand for what an office's series may be, so that nothing is
fitted to a short history and nothing can fail to converge. One pass of the Kalman filter serves every origin of the
back-test, since the state at a month knows only what came before.
"""

from dataclasses import dataclass

import numpy as np

from gongjian.engines.forecast.months import MONTHS
from gongjian.engines.forecast.series import Numbers

# (theta, seasonal theta): how slowly the level and the season follow what happens, chosen on the years before 1999.
QUICK, USUAL, SLOW = (-0.5, -0.9), (-0.7, -0.8), (-0.85, -0.9)
SETTINGS = (QUICK, USUAL, SLOW)
FIRST_ORIGIN = MONTHS + 2  # months the two differences use up, and one to start from


@dataclass(frozen=True)
class Airline:
    """A filtered series: the state at each month, and how states become figures of later months."""

    states: Numbers  # (states, months)
    transition: Numbers  # (states, states)
    design: Numbers  # (states, months)

    def ahead(self, origin: int, months: int) -> Numbers:
        """The figures expected for the months after the month with this index, from what was known at its end."""
        state, figures = self.states[:, origin], []
        for n in range(origin + 1, origin + 1 + months):
            state = self.transition @ state
            figures.append(float(self.design[:, n] @ state))
        return np.array(figures)

    def festival_effect(self, origin: int) -> float:
        """The coefficient of the days of Spring Festival as it was estimated by then."""
        return float(self.states[-1, origin])


def filtered(figures: Numbers, festival: Numbers, setting: tuple[float, float] = USUAL) -> Airline:
    """Filter the figures (logarithms, as a rule; NaN where unknown) once.

    Both arrays have one entry a month from a January on. Costs some 30 ms for thirty years.
    """
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    model = SARIMAX(
        figures,
        exog=festival[:, None],
        order=(0, 1, 1),
        seasonal_order=(0, 1, 1, MONTHS),
        mle_regression=False,
        concentrate_scale=True,
    )
    found = model.filter(setting).filter_results
    return Airline(found.filtered_state, found.transition[:, :, -1], found.design[0])
