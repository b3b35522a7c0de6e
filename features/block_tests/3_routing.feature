@epic:block-test-3
Feature: Block test 3 - Routing
  Change routing and operations, and prove that dispatch and execution follow
  with no ghost operations.

  Background:
    Given product "Cream" is in production

  @URS-RTG-001
  Scenario Outline: Dispatch and execution steps reflect the update
    Given revision B of "Cream" <change> from 2027-03-10T06:00:00Z
    When order "O1" for 100 C62 of "Cream" at <site> is released at 2027-03-10T06:00:00Z
    Then order "O1" is dispatched with operations <operations> and their step definitions

    Examples:
      | site | change                               | operations     |
      | EAST | adds operation 40                    | 10, 20, 30, 40 |
      | EAST | drops operation 20                   | 10, 30         |
      | WEST | replaces operation 20 by operation 25 | 10, 25, 30     |
      | EAST | adds operation 100                   | 10, 20, 30, 100 |

  @URS-RTG-002
  Scenario Outline: Nothing is dispatchable that is not in the effective routing
    Given revision B of "Cream" drops operation 20 from 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at <site> is released at 2027-03-10T05:59:59Z
    When business time is <business time>
    Then the dispatchable operations of order "O1" are exactly those of the effective routing

    Examples:
      | site | business time        |
      | EAST | 2027-03-10T05:59:59Z |
      | EAST | 2027-03-10T06:00:00Z |
      | WEST | 2027-03-10T06:00:01Z |

  @URS-RTG-002
  Scenario: A dropped operation cannot be started when all others are done
    Given revision B of "Cream" drops operation 20 from 2027-03-10T06:00:00Z
    And order "O0" for 100 C62 of "Cream" at EAST is executed at 2027-03-10T05:59:58Z
    And order "O1" for 100 C62 of "Cream" at EAST is released at 2027-03-10T05:59:59Z
    And business time is 2027-03-10T06:00:00Z
    And operation 10 of order "O1" is completed
    And operation 30 of order "O1" is completed
    When operation 20 of order "O1" is attempted
    Then the ghost operation is refused

  @URS-RTG-002
  Scenario: A dropped operation cannot be started
    Given revision B of "Cream" drops operation 20 from 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at EAST is released at 2027-03-10T05:59:59Z
    And business time is 2027-03-10T06:00:00Z
    And operation 10 of order "O1" is completed
    When operation 20 of order "O1" is attempted
    Then the ghost operation is refused

  @URS-RTG-002
  Scenario: Operations are executed in the sequence of the effective routing
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    When operation 20 of order "O1" is attempted
    Then the operation out of sequence is refused

  @URS-RTG-002
  Scenario: An operation does not start while the one before it still runs
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is started
    When operation 20 of order "O1" is attempted
    Then the operation out of sequence is refused

  @URS-RTG-002
  Scenario: The sequence is that of the routing, not that of the numbers as texts
    Given revision B of "Cream" adds operation 100 from 2027-03-10T06:00:00Z
    And order "O1" for 100 C62 of "Cream" at EAST is released at 2027-03-10T06:00:00Z
    And operation 10 of order "O1" is completed
    When operation 100 of order "O1" is attempted
    Then the operation out of sequence is refused

  @URS-RTG-002
  Scenario: No system waits for an operation that the routing dropped
    Given revision B of "Cream" drops operation 20 from 2027-03-10T06:00:00Z
    When order "O1" for 100 C62 of "Cream" at EAST is executed at 2027-03-10T06:00:00Z
    Then order "O1" is Completed in every system

  @URS-RTG-002
  Scenario: An operation that has not started does not end
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is started
    When completion of operation 20 of order "O1" is attempted
    Then the completion is refused because the operation does not run

  @URS-RTG-002
  Scenario: An operation ends once
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is completed
    When completion of operation 10 of order "O1" is attempted
    Then the completion is refused because the operation does not run

  @URS-RTG-003
  Scenario: Every dispatched operation has an execution definition
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    Then every dispatched operation of order "O1" names a step of the effective recipe

  @URS-RTG-004
  Scenario: Every dispatched operation has evidence requirements and a resource
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    Then every dispatched operation of order "O1" states the evidence and equipment class of the effective routing

  @URS-RTG-004
  Scenario Outline: An operation does not end with evidence that is <flaw>
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And operation 10 of order "O1" is started
    When completion of operation 10 of order "O1" is attempted with evidence that is <flaw>
    Then the completion is refused because of its evidence

    Examples:
      | flaw    |
      | missing |
      | blank   |

  @URS-RTG-003
  Scenario: An operation without an execution definition is not accepted
    When a routing revision B of "Cream" without step definition is pushed to every system
    Then the incomplete routing is kept out of every system because of its step definition

  @URS-RTG-004
  Scenario Outline: An operation without <missing> is not accepted
    When a routing revision B of "Cream" without <missing> is pushed to every system
    Then the incomplete routing is kept out of every system because of its <missing>

    Examples:
      | missing         |
      | evidence        |
      | equipment class |

  @URS-RTG-005
  Scenario: A routing revision waits for its step definitions
    Given routing revision B of "Cream" is released for 2027-03-10T06:00:00Z without its recipe
    When business time is 2027-03-10T06:00:01Z
    Then the routing of "Cream" at EAST is revision A in every system because step definitions are missing

  @URS-RTG-005
  Scenario: Step definitions without their instruction document are not accepted
    When a recipe revision B of "Cream" without an instruction document is pushed to every system
    Then the recipe is kept out of every system because the document is missing

  @URS-RTG-007
  Scenario Outline: Equipment that is <state> is not dispatched to and refuses a start
    Given order "O1" for 100 C62 of "Cream" at EAST is released
    And a mixer that is <state>
    When operation 10 of order "O1" is attempted on that mixer
    Then the start is refused because the mixer is <state>

    Examples:
      | state                     |
      | down                      |
      | not qualified             |
      | not eligible for the item |
      | of another class          |

  @URS-RTG-007
  Scenario: An operation without available equipment is not ready
    Given product "Gel" is in production on a mixer of its own
    And order "O2" for 10 C62 of "Gel" at EAST is released
    When the mixer of "Gel" goes down
    Then operation 10 of order "O2" is Waiting
    And operation 10 of order "O2" is Ready once the mixer of "Gel" is available again

  @URS-RTG-007
  Scenario: Equipment has no state that nobody knows
    Given product "Gel" is in production on a mixer of its own
    When the mixer of "Gel" is said to be "almost clean"
    Then the state is refused because nobody knows it

  @URS-RTG-008
  Scenario: Operations of one name are all dispatched
    Given operations 10, 20 of product "Gel" are all called "Mix"
    And product "Gel" is in production
    When order "O1" for 100 C62 of "Gel" at EAST is released
    Then order "O1" is dispatched with operations 10, 20, 30 and their step definitions

  @URS-RTG-008
  Scenario: Operations of one name are told apart, each with its own material
    Given operations 10, 20 of product "Gel" are all called "Mix"
    And product "Gel" needs 10 KGM of "Oil" per 100 C62 at operation 10
    And product "Gel" needs 5 KGM of "Water" per 100 C62 at operation 20
    And product "Gel" is in production
    And lot "L1" of 50 KGM of "Oil" is in stock at EAST
    And lot "L2" of 50 KGM of "Water" is in stock at EAST
    And order "O1" for 100 C62 of "Gel" at EAST is released
    And operation 10 of order "O1" is completed
    When operation 20 of order "O1" is attempted
    Then it starts as an operation of its own
    And operation 20 of order "O1" takes 1 KGM of lot "L2" and none of lot "L1"
    And the batch record of order "O1" shows exactly lot "L2" at operation 20

  @URS-RTG-008
  Scenario: Material of one operation is not issued to another of its name
    Given operations 10, 20 of product "Gel" are all called "Mix"
    And product "Gel" needs 10 KGM of "Oil" per 100 C62 at operation 10
    And product "Gel" needs 5 KGM of "Water" per 100 C62 at operation 20
    And product "Gel" is in production
    And lot "L1" of 50 KGM of "Oil" is in stock at EAST
    And lot "L2" of 50 KGM of "Water" is in stock at EAST
    When order "O1" for 100 C62 of "Gel" at EAST is released
    Then operation 20 of order "O1" is issued 1 KGM of lot "L2" and none of lot "L1" by every system

  @URS-RTG-008
  Scenario: Material is booked on no order that has not started
    Given product "Gel" needs 10 KGM of "Oil" per 100 C62 at operation 10
    And product "Gel" is in production
    And lot "L1" of 50 KGM of "Oil" is in stock at EAST
    And order "O1" for 100 C62 of "Gel" at EAST is released
    When 1 KGM of lot "L1" is consumed at operation 10 of order "O1"
    Then the consumption is refused because the operation has not started

  @URS-RTG-008
  Scenario: Material is booked on no operation that has not started
    Given product "Gel" needs 10 KGM of "Oil" per 100 C62 at operation 10
    And product "Gel" needs 5 KGM of "Water" per 100 C62 at operation 20
    And product "Gel" is in production
    And lot "L2" of 50 KGM of "Water" is in stock at EAST
    And order "O1" for 100 C62 of "Gel" at EAST is released
    And operation 10 of order "O1" is completed
    When 1 KGM of lot "L2" is consumed at operation 20 of order "O1"
    Then the consumption is refused because the operation has not started
