"""Why a draft should not be confirmed unread (疑点): each reason a sentence."""
