"""The verbs of the room; the folders hold the code."""

from gongjian.indicators.catalogue.services import add_indicator, load_catalogue, update_indicator
from gongjian.indicators.confidence.services import answer, close_survey, open_survey, take_answers
from gongjian.indicators.figures.services import answer_question, enter_figures, restate
from gongjian.indicators.large_sheets.services import give_up_sheet, note_progress, receive_sheet
from gongjian.indicators.returns.services import approve, hand_up, send_back

__all__ = [
    "add_indicator",
    "answer",
    "answer_question",
    "approve",
    "close_survey",
    "enter_figures",
    "give_up_sheet",
    "hand_up",
    "load_catalogue",
    "note_progress",
    "open_survey",
    "receive_sheet",
    "restate",
    "send_back",
    "take_answers",
    "update_indicator",
]
