/** What the editor shows to somebody who opens it for the first time. Lines are short: its pane is narrow. */
export const FIRST_DOCUMENT = `# Evenhand's API. Put the cursor into an
# operation and press Ctrl-Enter to run it.
# Ctrl-Space proposes what fits; the book on
# the left describes everything there is.
#
# 1. Sign in; a cookie keeps the session.
#    This is an influencer of the demo world.
#    "npm start" prints everybody's login.

mutation SignIn {
  signIn(
    input: {
      email: "mika@arai.example"
      password: "purse-and-note-42"
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

# 3. 10 % of an order was offered. Where did
#    it go, and why is it not paid yet?

query CutChain {
  earnings(
    first: 1
    filter: {
      kind: NOTE_COMMISSION
      currency: "EUR"
    }
  ) {
    edges {
      node {
        orderNumber
        base {
          amount
          currency
        }
        gross {
          amount
        }
        shares {
          partyName
          share
          amount {
            amount
          }
          payout {
            notPaidBecause {
              reason
              expectedAt
            }
          }
        }
      }
    }
  }
}

# Programs use an API key instead. Put it
# into the tab "Headers" below:
# { "authorization": "Bearer …" }
`;
