@epic:block-test-4
Feature: Block test 4 - Status
  Put a lot on hold and prove that it is blocked everywhere, not in one screen.

  Background:
    Given product "Cream" needs 10 KGM of "Oil" per 100 C62
    And product "Cream" is in production
    And order "O1" for 100 C62 of "Cream" at EAST is released
    And lot "L1" of 50 KGM of "Oil" is in stock at EAST
    And operation 10 of order "O1" is started

  @URS-HLD-002
  Scenario Outline: A <scope> hold blocks every consuming verb of every system
    Given the <scope> of lot "L1" is on hold
    When consumption of lot "L1" for order "O1" is attempted by every verb, <path>
    Then every attempt to consume is refused because of the hold
    And the stock of lot "L1" is unchanged

    Examples:
      | scope    | path   |
      | lot      | single |
      | lot      | bulk   |
      | location | single |
      | location | bulk   |
      | item     | single |
      | item     | bulk   |

  @URS-HLD-003
  Scenario Outline: A <scope> hold blocks every moving verb of every system
    Given the <scope> of lot "L1" is on hold
    When movement of lot "L1" is attempted by every verb, <path>
    Then every attempt to move is refused because of the hold
    And the stock of lot "L1" is unchanged

    Examples:
      | scope    | path   |
      | lot      | single |
      | lot      | bulk   |
      | location | single |
      | location | bulk   |
      | item     | single |
      | item     | bulk   |

  @URS-HLD-001
  Scenario: A hold set in quality is known to every system
    When the lot of lot "L1" is put on hold
    Then lot "L1" is Restricted in every system

  @URS-HLD-001
  Scenario Outline: A hold of the <scope> is known to every system
    When the <scope> of lot "L1" is put on hold
    Then lot "L1" is Restricted in every system

    Examples:
      | scope    |
      | location |
      | item     |

  @URS-HLD-010
  Scenario: A lot that is received as restricted is restricted in every system
    When lot "L2" of 5 KGM of "Oil" is received as restricted at EAST
    Then lot "L2" is Restricted in every system

  @URS-HLD-010
  Scenario Outline: No system frees a lot while another blocks it
    Given the <scope> of lot "L1" is on hold
    When the <scope> of lot "L1" is released
    Then lot "L1" is UnRestricted in every system
    And every consuming and moving verb accepts lot "L1" again

    Examples:
      | scope    |
      | lot      |
      | location |
      | item     |

  @URS-HLD-010
  Scenario: Releasing one hold does not lift another
    Given the lot of lot "L1" is on hold
    And the item of lot "L1" is on hold
    When the lot of lot "L1" is released
    Then lot "L1" is Restricted in every system

  @URS-HLD-010
  Scenario: A hold that comes before its lot blocks it in every system
    When a hold of lot "L2" reaches every system before the lot of 5 KGM of "Oil" is received at EAST
    Then lot "L2" is Restricted in every system

  @URS-HLD-010
  Scenario: A release that a later hold has overtaken frees nothing
    Given the lot of lot "L1" is on hold
    When the release of lot "L1" from before that hold reaches every other system only now
    Then lot "L1" is Restricted in every system

  @URS-HLD-006
  Scenario: After release eligibility returns everywhere with audit evidence
    Given the lot of lot "L1" is on hold
    When the lot of lot "L1" is released
    Then lot "L1" is eligible again in every system
    And the audit trail of lot "L1" shows the hold and the release with old, new, who, when and why

  @URS-HLD-008
  Scenario: Consumption asks the quality system at the moment of use
    Given delivery of events to execution is paused
    When the lot of lot "L1" is put on hold
    And 1 KGM of lot "L1" is consumed for order "O1"
    Then the consumption is refused on the word of the quality system
    And the quality system logged the question about lot "L1"

  @URS-HLD-008
  Scenario: Consumption asks the quality system each time anew
    Given 1 KGM of lot "L1" is posted to order "O1"
    And delivery of events to execution is paused
    When the lot of lot "L1" is put on hold
    And 1 KGM of lot "L1" is consumed for order "O1"
    Then the consumption is refused on the word of the quality system
    And the quality system logged the question about lot "L1"

  @URS-HLD-011
  Scenario: The latency of a hold is measured against its SLA
    When the lot of lot "L1" is put on hold
    Then the hold of lot "L1" reaches every system within the SLA of lot status

  @URS-HLD-003
  Scenario: Disposal and inspection of a held lot stay allowed to the right role
    Given the lot of lot "L1" is on hold
    When lot "L1" is disposed of, sampled and moved for inspection by the right roles
    Then each of these is accepted
    And inspection of lot "L1" by an operator is refused

  @URS-HLD-012
  Scenario Outline: What lies on hold is not offered: <scope>
    Given 20 KGM of lot "L1" lie at another location
    And the <scope> of lot "L1" is on hold
    Then <free> KGM of lot "L1" are offered

    Examples:
      | scope    | free |
      | lot      | 0    |
      | location | 20   |
      | item     | 0    |

  @URS-HLD-012
  Scenario: What is promised to an order is not offered again
    Given 20 KGM of lot "L1" lie at another location
    And 40 KGM of lot "L1" are allocated to order "O1"
    Then 10 KGM of lot "L1" are offered

  @URS-HLD-013
  Scenario Outline: Nobody takes what is promised to an order: <use> of <amount>
    Given order "O2" for 100 C62 of "Cream" at EAST is released
    And 40 KGM of lot "L1" are allocated to order "O1"
    When <use> of <amount> KGM of lot "L1" is attempted after order "O1"
    Then the use is <verdict> by what is free

    Examples:
      | use                           | amount | verdict  |
      | allocation to the other order | 10     | accepted |
      | allocation to the other order | 10.001 | refused  |
      | issue to the other order      | 10     | accepted |
      | issue to the other order      | 10.001 | refused  |
      | issue to the same order       | 50     | accepted |
      | issue to the same order       | 50.001 | refused  |
      | shipment                      | 10     | accepted |
      | shipment                      | 10.001 | refused  |

  @URS-HLD-013
  Scenario Outline: Planning posts nothing to another order that was issued already: <amount>
    Given order "O2" for 100 C62 of "Cream" at EAST is released
    And 40 KGM of lot "L1" are issued to order "O1"
    When posting to the other order of <amount> KGM of lot "L1" is attempted after order "O1"
    Then the use is <verdict> by what is free

    Examples:
      | amount | verdict  |
      | 10     | accepted |
      | 10.001 | refused  |

  @URS-HLD-003
  Scenario Outline: What lies on hold is not taken with what is free: <use> of <amount>
    Given 20 KGM of lot "L1" lie at another location
    And the location of lot "L1" is on hold
    When <use> of <amount> KGM of lot "L1" is attempted after order "O1"
    Then the use is <verdict> by what is free

    Examples:
      | use                          | amount | verdict  |
      | allocation to the same order | 20     | accepted |
      | allocation to the same order | 20.001 | refused  |
      | issue to the same order      | 20     | accepted |
      | issue to the same order      | 20.001 | refused  |
      | shipment                     | 20     | accepted |
      | shipment                     | 20.001 | refused  |

  @URS-HLD-014
  Scenario Outline: All verbs of all systems agree when a lot expires: <business time>
    Given lot "L2" of 50 KGM of "Oil" that expires at 2027-02-15T06:00:00Z is in stock at EAST
    And business time is <business time>
    When use and movement of lot "L2" for order "O1" are attempted by every verb
    Then every attempt is <verdict> by the expiry of lot "L2"
    And lot "L2" is <disposition> in every system

    Examples:
      | business time             | verdict  | disposition  |
      | 2027-02-14T23:30:00Z      | accepted | UnRestricted |
      | 2027-02-15T05:59:59.999Z  | accepted | UnRestricted |
      | 2027-02-15T06:00:00Z      | refused  | Restricted   |
      | 2027-02-15T22:59:59Z      | refused  | Restricted   |
      | 2027-02-16T04:59:59Z      | refused  | Restricted   |
