"""An independent reader of exported documents: python-docx and rules written down here, nothing of ours."""
