"""What frames cost, told by screen: for whoever looks for the one that stutters.

Nothing here is imported unless somebody asks for it; what the window does without it is to look
once an upload whether anybody counts.
"""
