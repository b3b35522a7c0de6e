@epic:installation @phase:iq
Feature: Installation checks
  Before anything is moved: every system answers, and is what the landscape file says.

  @URS-IQ-001
  Scenario: Every system is reachable
    Then every system of the landscape answers with its own name

  @URS-IQ-002
  Scenario: Versions are known
    Then every system states product and version

  @URS-IQ-003
  Scenario: Clocks agree
    Then every system's host clock is within the stated offset

  @URS-IQ-004
  Scenario: Time zones are as configured
    Then every system states the time zone of the landscape file

  @URS-IQ-005
  Scenario: Declared capabilities are those of the adapters
    Then every system states the capabilities that its adapter declares

  @URS-IQ-006
  Scenario: Contract versions are those of this suite
    Then every system speaks the contract versions of this suite
