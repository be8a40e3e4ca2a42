//! The next page of a response, as a table.

use crate::runtime::page::next::{
    Evidence, MAX_PAGE, Next, NextHeader, NextLink, Requested, decide,
};

/// The first page of a list, with twenty items, in a response without pagination headers.
fn silent() -> Evidence {
    Evidence {
        header: NextHeader::Absent,
        link: NextLink::Absent,
        page: None,
        requested: Requested::Unspecified,
        first_page: 1,
        total_pages: None,
        total: None,
        page_size: None,
        items: 20,
        may_guess: true,
        ignores_foreign_links: false,
    }
}

const HEADERS: [NextHeader; 5] = [
    NextHeader::Absent,
    NextHeader::Empty,
    NextHeader::Number(2),
    NextHeader::Unreadable,
    NextHeader::Ambiguous(2),
];

fn links() -> [NextLink; 7] {
    [
        NextLink::Absent,
        NextLink::None,
        NextLink::Number(2),
        NextLink::Number(3),
        NextLink::WithoutNumber,
        NextLink::Unreadable,
        NextLink::OtherOrigin("https://other.example".to_owned()),
    ]
}

/// A decision in short: `-` last, `2` named, `2+` counted, `2?` guessed, `2!` contradictory, `!` unreachable.
fn short(next: &Next) -> String {
    match next {
        Next::Last => "-".to_owned(),
        Next::Named(page) => page.to_string(),
        Next::Counted(page) => format!("{page}+"),
        Next::Guessed(page) => format!("{page}?"),
        Next::Contradictory(page, _) => format!("{page}!"),
        Next::Unreachable(_) => "!".to_owned(),
    }
}

/// One line for each header, one column for each link.
fn table(evidence: &Evidence) -> Vec<String> {
    HEADERS
        .into_iter()
        .map(|header| {
            let cells = links().map(|link| {
                short(&decide(&Evidence {
                    header: header.clone(),
                    link,
                    ..evidence.clone()
                }))
            });
            cells.join(" ")
        })
        .collect()
}

#[test]
fn header_before_link_before_totals_before_a_guess() {
    // Columns: no links, none to a next page, page 2, page 3, without a number, no URL, another origin.
    assert_eq!(
        table(&silent()),
        [
            "2? - 2 3 ! ! !",
            "- - 2! 3! 2! 2! 2!",
            "2 2 2 2! 2 2 2",
            "! ! ! ! ! ! !",
            "2! 2! 2! 2! 2! 2! 2!",
        ]
    );
    let ignoring = Evidence {
        ignores_foreign_links: true,
        ..silent()
    };
    assert_eq!(
        table(&ignoring),
        [
            "2? - 2 3 ! ! 2?",
            "- - 2! 3! 2! 2! 2!",
            "2 2 2 2! 2 2 2",
            "! ! ! ! ! ! !",
            "2! 2! 2! 2! 2! 2! 2!",
        ]
    );
    // Page 1 of 3.
    let counted = Evidence {
        total_pages: Some(3),
        ..silent()
    };
    assert_eq!(
        table(&counted),
        [
            "2+ 2+ 2 3 ! ! !",
            "2! 2! 2! 3! 2! 2! 2!",
            "2 2 2 2! 2 2 2",
            "! ! ! ! ! ! !",
            "2! 2! 2! 2! 2! 2! 2!",
        ]
    );
    // Page 1 of 1.
    let only = Evidence {
        total_pages: Some(1),
        ..silent()
    };
    assert_eq!(
        table(&only),
        [
            "- - 2! 3! ! ! !",
            "- - 2! 3! 2! 2! 2!",
            "2! 2! 2! 2! 2! 2! 2!",
            "! ! ! ! ! ! !",
            "2! 2! 2! 2! 2! 2! 2!",
        ]
    );
}

#[test]
fn the_page_is_the_responses_own_number_before_the_requested_one() {
    let cases = [
        (None, Requested::Unspecified, 1, "2?"),
        (None, Requested::Unspecified, 0, "1?"),
        (None, Requested::Number(5), 1, "6?"),
        // A server returns its first page for a number below the first.
        (None, Requested::Number(0), 1, "2?"),
        (Some(7), Requested::Unspecified, 1, "8?"),
        (Some(7), Requested::Number(5), 1, "8?"),
        (Some(7), Requested::Unreadable, 1, "8?"),
        (None, Requested::Unreadable, 1, "!"),
        (None, Requested::Number(MAX_PAGE), 1, "!"),
        (None, Requested::Number(MAX_PAGE - 1), 1, "2147483647?"),
    ];
    for (page, requested, first_page, expected) in cases {
        let evidence = Evidence {
            page,
            requested,
            first_page,
            ..silent()
        };
        assert_eq!(short(&decide(&evidence)), expected, "{evidence:?}");
    }
}

#[test]
fn a_guess_ends_with_an_empty_page_or_one_below_its_own_size() {
    let cases = [
        (0, None, true, "-"),
        (1, None, true, "2?"),
        (20, Some(20), true, "2?"),
        (19, Some(20), true, "-"),
        // More than a page holds, by a server that counts otherwise.
        (21, Some(20), true, "2?"),
        (20, Some(0), true, "2?"),
        (20, None, false, "-"),
        (20, Some(20), false, "-"),
    ];
    for (items, page_size, may_guess, expected) in cases {
        let evidence = Evidence {
            items,
            page_size,
            may_guess,
            ..silent()
        };
        assert_eq!(short(&decide(&evidence)), expected, "{evidence:?}");
    }
}

#[test]
fn totals_count_the_pages_of_this_response() {
    // Header, page, pages, total, size, items.
    let cases = [
        (NextHeader::Absent, 1, Some(3), None, None, 20, "2+"),
        // A page that lost items to a filter is no reason to stop.
        (NextHeader::Absent, 1, Some(3), None, Some(20), 0, "2+"),
        (NextHeader::Absent, 3, Some(3), None, None, 20, "-"),
        (NextHeader::Absent, 1, None, Some(45), Some(20), 20, "2+"),
        (NextHeader::Absent, 1, None, Some(45), Some(20), 5, "2+"),
        (NextHeader::Absent, 3, None, Some(45), Some(20), 5, "-"),
        // The number of items alone ends nothing.
        (NextHeader::Absent, 2, None, Some(40), Some(20), 20, "3?"),
        (NextHeader::Absent, 1, None, Some(20), None, 20, "2?"),
        (NextHeader::Absent, 1, None, Some(45), Some(0), 20, "2?"),
        // The greater total counts where two differ.
        (NextHeader::Absent, 2, Some(2), Some(45), Some(20), 20, "3+"),
        (NextHeader::Empty, 2, Some(2), Some(45), Some(20), 20, "3!"),
        (NextHeader::Empty, 1, None, Some(45), Some(20), 20, "2!"),
        (NextHeader::Empty, 3, Some(3), Some(45), Some(20), 5, "-"),
        // Items were deleted between counting and reading.
        (NextHeader::Empty, 3, Some(3), Some(45), Some(20), 0, "-"),
        // An empty list may have one page or none.
        (NextHeader::Empty, 1, Some(1), Some(0), Some(20), 0, "-"),
        (NextHeader::Empty, 1, Some(0), Some(0), Some(20), 0, "-"),
        // After the end there is nothing, so items there contradict the totals.
        (NextHeader::Empty, 9, Some(1), Some(3), Some(20), 0, "-"),
        (NextHeader::Absent, 9, Some(1), Some(3), Some(20), 0, "-"),
        (NextHeader::Empty, 9, Some(1), Some(3), Some(20), 3, "10!"),
        (NextHeader::Absent, 9, Some(1), Some(3), Some(20), 3, "10!"),
        (NextHeader::Number(4), 3, Some(3), None, None, 20, "4!"),
        // A filter after the counting leaves pages empty.
        (NextHeader::Number(4), 3, Some(3), None, None, 0, "4"),
        (
            NextHeader::Number(3),
            2,
            Some(3),
            Some(45),
            Some(20),
            20,
            "3",
        ),
        (NextHeader::Number(4), 3, None, Some(45), Some(20), 20, "4!"),
        // Without totals, as GitLab responds beyond 10,000 items.
        (NextHeader::Number(4), 3, None, None, Some(20), 20, "4"),
        (NextHeader::Empty, 3, None, None, Some(20), 20, "-"),
        (
            NextHeader::Absent,
            1,
            Some(u64::MAX),
            Some(u64::MAX),
            Some(1),
            1,
            "2+",
        ),
    ];
    for (header, page, total_pages, total, page_size, items, expected) in cases {
        let evidence = Evidence {
            header,
            page: Some(page),
            total_pages,
            total,
            page_size,
            items,
            ..silent()
        };
        assert_eq!(short(&decide(&evidence)), expected, "{evidence:?}");
    }
}

#[test]
fn pages_that_count_from_zero() {
    let page = |page, header| {
        let evidence = Evidence {
            header,
            page: Some(page),
            first_page: 0,
            total_pages: Some(3),
            ..silent()
        };
        short(&decide(&evidence))
    };
    assert_eq!(page(0, NextHeader::Absent), "1+");
    assert_eq!(page(1, NextHeader::Absent), "2+");
    assert_eq!(page(2, NextHeader::Absent), "-");
    assert_eq!(page(2, NextHeader::Empty), "-");
    assert_eq!(page(1, NextHeader::Empty), "2!");
    assert_eq!(page(2, NextHeader::Number(3)), "3!");
}

#[test]
fn a_contradiction_without_a_known_page_is_unreachable() {
    let evidence = Evidence {
        header: NextHeader::Empty,
        link: NextLink::WithoutNumber,
        requested: Requested::Unreadable,
        ..silent()
    };
    assert_eq!(short(&decide(&evidence)), "!");
}
