"""The job descriptions of the examples, invented as well."""

BACKEND = """Senior Backend Engineer

Larch & Lantern runs the delivery platform of four hundred independent bookshops.

Responsibilities
- Design and build REST APIs and services in Python that take orders around the clock
- Own data models and query performance in PostgreSQL
- Run services on Kubernetes in AWS, with CI/CD and good monitoring
- Review designs and mentor less experienced engineers

Requirements
- 5+ years of experience in backend development
- Strong Python
- PostgreSQL or another relational database
- Docker and Kubernetes
- AWS or another public cloud
- Bachelor's degree in computer science or equivalent experience

Nice to have
- Kafka or another message broker
- Go
- Terraform
"""

NURSE = """Registered Nurse, Intensive Care Unit

Responsibilities
- Assess and care for critically ill adults, two patients per nurse
- Manage ventilators, vasoactive medication and invasive lines
- Work with physicians, respiratory therapists and families
- Chart in the electronic health record and take part in quality projects

Requirements
- Current RN license
- At least 2 years of experience in critical care or a step-down unit
- ACLS and BLS certification
- Medication administration and patient assessment

Preferred
- CCRN
- Bachelor of Science in Nursing
- Epic
"""

ACCOUNTANT = """Staff Accountant

Responsibilities
- Prepare journal entries, accruals and account reconciliations for the month-end close
- Prepare financial statements and schedules for the auditors
- Work on accounts payable and accounts receivable with two colleagues

Requirements
- 3+ years of experience in accounting
- Bachelor's degree in accounting or finance
- Good knowledge of US GAAP
- Advanced Excel

Preferred
- CPA or CPA candidate
- NetSuite or SAP
- SQL
"""
