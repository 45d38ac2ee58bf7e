"""An oracle: every verdict of the check, judged again from the definitions alone, by another reader, on random accounts."""
