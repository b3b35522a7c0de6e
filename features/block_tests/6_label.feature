@epic:block-test-6
Feature: Block test 6 - Label
  Update the label artwork and prove that packaging cannot start with the prior version.

  Background:
    Given product "Cream" is in production
    And label revision B of "Cream" is released for 2027-03-10T06:00:00Z

  @URS-LBL-001
  Scenario Outline: Packaging starts only with the version in effect
    Given order "O1" for 100 C62 of "Cream" at <site> is released at <business time>
    And order "O1" is executed up to packaging
    When packaging of order "O1" is attempted with label revision <other>
    Then packaging is refused because of the label version
    And packaging of order "O1" starts with label revision <effective>

    Examples:
      | site | business time        | effective | other |
      | EAST | 2027-03-10T05:59:59Z | A         | B     |
      | EAST | 2027-03-10T06:00:00Z | B         | A     |
      | WEST | 2027-03-10T06:00:01Z | B         | A     |

  @URS-LBL-001
  Scenario Outline: Packaging does not start with <what>
    Given product "Gel" is in production
    And order "O1" for 100 C62 of "Cream" at EAST is released
    And order "O1" is executed up to packaging
    When packaging of order "O1" is attempted with <what>
    Then packaging is refused because of the label version
    And packaging of order "O1" starts with label revision A

    Examples:
      | what               |
      | the label of "Gel" |
      | no label           |

  @URS-LBL-001
  Scenario: A batch that started before the update is packed with the new version
    Given order "O1" for 100 C62 of "Cream" at EAST is released at 2027-03-10T05:59:59Z
    And order "O1" is executed up to packaging
    And business time is 2027-03-10T06:00:00Z
    When packaging of order "O1" is attempted with label revision A
    Then packaging is refused because of the label version
    And packaging of order "O1" starts with label revision B

  @URS-LBL-002
  Scenario: Label version and reconciliation rule are the same in every system
    When business time is 2027-03-10T06:00:00Z
    Then the label of "Cream" with artwork and reconciliation rule is identical in every system

  @URS-LBL-002
  Scenario Outline: Packaging ends only when the labels are reconciled
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And order "O1" is executed up to packaging
    And packaging of order "O1" is started
    When packaging ends with <issued> labels issued, <used> used, <destroyed> destroyed and <returned> returned
    Then the end of packaging is <verdict> as the reconciliation rule says

    Examples:
      | issued | used | destroyed | returned | verdict  |
      | 110    | 100  | 4         | 6        | accepted |
      | 110    | 100  | 4         | 4        | accepted |
      | 110    | 100  | 4         | 3        | refused  |
      | 110    | 100  | 4         | 9        | refused  |

  @URS-LBL-003
  Scenario: The latency of a label version is measured against its SLA
    When label revision C of "Cream" is submitted
    Then label revision C of "Cream" reaches every system within the SLA of labels

  @URS-LBL-004
  Scenario: The label version used is traceable from the lot
    Given order "O1" for 100 C62 of "Cream" at EAST is executed at 2027-03-10T05:59:59Z
    And order "O2" for 100 C62 of "Cream" at EAST is executed at 2027-03-10T06:00:00Z
    When business time is 2027-05-01T00:00:00Z
    Then the produced lot of order "O1" is traced to label revision A
    And the produced lot of order "O2" is traced to label revision B
    And exactly order "O1" is listed for label revision A of "Cream"
