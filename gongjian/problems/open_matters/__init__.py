"""What persons who left and units that ended still have open (未移交事项), and handing it on in one step."""
