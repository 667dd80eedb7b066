"""Recording a problem and handing it over in one form: at a stop of a visit, and by telephone."""
