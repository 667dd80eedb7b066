"""Pages of the campaign: the board of its battles, one page a target, passing targets on, agreement, who has not passed on."""
