"""Print-outs on request: by form, telephone or letter, done from the work list, forgotten after a while."""
