/** What the editor shows to somebody who opens it for the first time. Lines are short: its pane is narrow. */
export const FIRST_DOCUMENT = `# Evenhand's API. Put the cursor into an
# operation and press Ctrl-Enter to run it.
# Ctrl-Space proposes what fits; the book on
# the left describes everything there is.
#
# 1. Sign in. The session is kept in a cookie.
#    Take e-mail and password from the demo
#    logins that "npm start" has printed.

mutation SignIn {
  signIn(
    input: {
      email: "someone@example.com"
      password: "…"
    }
  ) {
    ... on SignedIn {
      viewer {
        displayName
      }
    }
    ... on BusinessError {
      message
    }
  }
}

# 2. Ask who you are.

query WhoAmI {
  me {
    displayName
    influencer {
      name
    }
    memberships {
      role
      party {
        name
        kind
      }
    }
    staffRoles
  }
}

# Programs use an API key instead. Put it
# into the tab "Headers" below:
# { "authorization": "Bearer …" }
`;
