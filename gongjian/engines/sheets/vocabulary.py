"""Fonts of an official sheet, by the names Excel knows them under."""

TEXT_FONT, TITLE_FONT = "宋体", "黑体"
