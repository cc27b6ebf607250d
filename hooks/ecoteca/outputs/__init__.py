"""What is published beside the pages: each module turns what is known into bytes."""
