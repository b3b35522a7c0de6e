@epic:block-test-7
Feature: Block test 7 - Audit
  Answer later which master data revision drove a batch, with evidence.

  Background:
    Given product "Cream" is in production
    And revision B of "Cream" is released for 2027-03-10T06:00:00Z

  @URS-AUD-001
  Scenario Outline: Later changes do not alter the answer
    Given order "O1" for 100 C62 of "Cream" at <site> is executed at <business time>
    And revision C of "Cream" is released for 2027-04-10T06:00:00Z
    And revision C of the label and test specification of "Cream" is released for 2027-04-10T06:00:00Z
    When business time is 2027-06-01T00:00:00Z
    Then the batch record of order "O1" names revision <revision> and the change that released it
    And the audit trail links that change to its approvals

    Examples:
      | site | business time        | revision |
      | EAST | 2027-03-10T05:59:59Z | A        |
      | WEST | 2027-03-10T06:00:00Z | B        |

  @URS-AUD-002
  Scenario Outline: Every system's audit trail says who wrote, and when
    When <write> is done <path> with reason "routine update"
    Then the audit trail shows who did <write> and when

    Examples:
      | write               | path   |
      | a master submission | single |
      | a master submission | bulk   |
      | an order            | single |
      | an order            | bulk   |
      | a goods receipt     | single |
      | a goods receipt     | bulk   |
      | a hold              | single |
      | a hold              | bulk   |

  @URS-AUD-002 @URS-AUD-003
  Scenario Outline: Every system's audit trail says what changed, and why
    When <write> is done <path> with reason "routine update"
    Then the audit trail shows <write> with old and new
    And the audit trail gives the reason "routine update" for <write>

    Examples:
      | write               | path   |
      | a master submission | single |
      | a master submission | bulk   |
      | an order            | single |
      | an order            | bulk   |
      | a goods receipt     | single |
      | a goods receipt     | bulk   |
      | a hold              | single |
      | a hold              | bulk   |

  @URS-AUD-003
  Scenario Outline: <write> without a reason is refused
    When <write> is attempted <path> without a reason
    Then the write is refused because the reason is missing

    Examples:
      | write               | path   |
      | a master submission | single |
      | a master submission | bulk   |
      | an order            | single |
      | an order            | bulk   |
      | a goods receipt     | single |
      | a goods receipt     | bulk   |
      | a hold              | single |
      | a hold              | bulk   |

  @URS-AUD-002 @URS-AUD-003
  Scenario Outline: The shop floor's audit trail says who booked what, when and why
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L1" of 50 KGM of "Base" is in stock at EAST
    And operation 10 of order "O1" is started
    When <booking> is done <path> with reason "routine update"
    Then the audit trail shows who did <booking> and when
    And the audit trail shows <booking> with old and new
    And the audit trail gives the reason "routine update" for <booking>

    Examples:
      | booking       | path   |
      | a consumption | single |
      | a consumption | bulk   |
      | a completion  | single |

  @URS-AUD-003
  Scenario Outline: On the shop floor <booking> without a reason is refused
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L1" of 50 KGM of "Base" is in stock at EAST
    And operation 10 of order "O1" is started
    When <booking> is attempted <path> without a reason
    Then the write is refused because the reason is missing

    Examples:
      | booking       | path   |
      | a consumption | single |
      | a consumption | bulk   |
      | a completion  | single |

  @URS-AUD-004
  Scenario Outline: Each synchronisation of a <domain> leaves a receipt at every receiver
    When revision D of the <domain> of "Cream" is submitted
    Then every receiver holds a receipt of it with source, payload hash, time and acceptance

    Examples:
      | domain             |
      | material           |
      | bom                |
      | recipe             |
      | routing            |
      | test specification |
      | label              |
      | uom                |
      | variant            |

  @URS-AUD-004
  Scenario Outline: What is told of <entity> leaves a receipt at every receiver
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L1" of 50 KGM of "Base" is in stock at EAST
    And the lot of lot "L1" is on hold
    Then every receiver holds a receipt of each message about <entity> with source, payload hash, time and acceptance

    Examples:
      | entity               |
      | order "O1"           |
      | lot "L1"             |
      | the hold of lot "L1" |

  @URS-AUD-005
  Scenario: A rejected update is logged with an error that can be acted on
    When a bom of "Cream" without lines is pushed to every system
    Then every system logged the rejection with what is wrong, where and what would be valid
