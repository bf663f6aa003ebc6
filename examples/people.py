"""The people of the examples. All are invented; addresses, numbers and employers too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Post:
    """One position held."""

    title: str
    employer: str
    dates: str
    bullets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """What a resume says."""

    name: str
    headline: str
    contact: tuple[str, ...]
    summary: str
    posts: tuple[Post, ...]
    education: tuple[str, ...]
    skills: tuple[str, ...]
    extras: tuple[str, ...] = ()
    """Certificates and languages."""


AMARA = Person(
    "Amara Okonjo-Reyes",
    "Senior Backend Engineer",
    ("amara.okonjo@example.com", "+1 (555) 010-0143", "Portland, OR"),
    "Backend engineer with nine years of building payment and logistics services that stay up. Likes small "
    "interfaces, boring databases and short incident reports.",
    (
        Post(
            "Senior Backend Engineer",
            "Tidewater Freight Systems",
            "Mar 2021 - Present",
            (
                "Designed REST APIs in Python and FastAPI that book 40,000 shipments a day, backed by PostgreSQL.",
                "Moved eleven services from virtual machines to Kubernetes on AWS and cut monthly cost by a third.",
                "Introduced Kafka for shipment events; late updates fell from 4% to 0.2%.",
                "Mentored four engineers and run the weekly design review.",
            ),
        ),
        Post(
            "Backend Engineer",
            "Larkspur Payments",
            "Jun 2017 - Feb 2021",
            (
                "Wrote the ledger service in Go, with property tests for every posting rule.",
                "Tuned PostgreSQL queries and indexes; the slowest report went from 90 seconds to 3.",
                "Built CI/CD pipelines in GitLab CI with Docker images for 20 repositories.",
            ),
        ),
    ),
    ("BSc Computer Science, Cascadia State University, 2017",),
    (
        "Python",
        "Go",
        "FastAPI",
        "PostgreSQL",
        "Kafka",
        "Kubernetes",
        "Docker",
        "AWS",
        "Terraform",
        "REST APIs",
        "CI/CD",
    ),
    ("Languages: English (native), Spanish (B2)",),
)

TOMAS = Person(
    "Tomas Lindqvist-Hale",
    "Backend Developer",
    ("tomas.hale@example.org", "+46 555 010 177", "Gothenburg"),
    "Java and Kotlin developer, five years in retail and ticketing. Cares for readable code and good logs.",
    (
        Post(
            "Backend Developer",
            "Nordlys Tickets",
            "Aug 2022 - Present",
            (
                "Develop the seat reservation service in Kotlin and Spring Boot on PostgreSQL.",
                "Added load tests; the service holds 1,200 requests a second on launch days.",
                "Deploy with Docker to a managed Kubernetes cluster.",
            ),
        ),
        Post(
            "Junior Java Developer",
            "Granholm Retail IT",
            "Sep 2020 - Jul 2022",
            (
                "Maintained the stock API in Java and wrote its first integration tests.",
                "Moved nightly batch jobs from shell scripts to a message queue with RabbitMQ.",
            ),
        ),
    ),
    ("MSc Software Engineering, Vastkust Institute of Technology, 2020",),
    ("Java", "Kotlin", "Spring Boot", "PostgreSQL", "RabbitMQ", "Docker", "Kubernetes", "Git"),
    ("Languages: Swedish (native), English (C1)",),
)

PRIYA = Person(
    "Priya Ramanathan-Moss",
    "Software Engineer, Backend",
    ("priya.moss@example.net", "+44 7700 900 118", "Leeds"),
    "Engineer with six years of Python web services, most of them in public health.",
    (
        Post(
            "Software Engineer",
            "Brackenfield Health Analytics",
            "Jan 2020 - Present",
            (
                "Built the appointment API in Python and Django REST framework for 60 clinics.",
                "Modelled patient consent in PostgreSQL and documented it for auditors.",
                "Set up GitHub Actions and Docker builds; releases went from monthly to weekly.",
            ),
        ),
        Post(
            "Python Developer",
            "Otterburn Studios",
            "Jul 2018 - Dec 2019",
            (
                "Wrote data importers in Python with Celery and Redis.",
                "Kept a Flask booking site running for a chain of museums.",
            ),
        ),
    ),
    ("BEng Computer Engineering, University of Aldermoor, 2018",),
    ("Python", "Django", "Flask", "PostgreSQL", "Redis", "Celery", "Docker", "AWS", "GitHub Actions"),
    ("Languages: English (native), Tamil (B1)",),
)

PRIYA_LATER = Person(
    PRIYA.name,
    "Senior Software Engineer, Backend",
    PRIYA.contact,
    "Engineer with seven years of Python web services in public health; now lead of a team of three.",
    (
        Post(
            "Senior Software Engineer",
            "Brackenfield Health Analytics",
            "Feb 2024 - Present",
            (
                "Lead three engineers on the appointment API in Python and Django REST framework.",
                "Moved the API to Kubernetes on AWS with Terraform; nobody noticed, which was the plan.",
            ),
        ),
        Post("Software Engineer", "Brackenfield Health Analytics", "Jan 2020 - Jan 2024", PRIYA.posts[0].bullets),
        PRIYA.posts[1],
    ),
    PRIYA.education,
    (*PRIYA.skills, "Kubernetes", "Terraform"),
    PRIYA.extras,
)

LEO = Person(
    "Leo Marchetti-Boone",
    "Web Developer",
    ("leo.boone@example.com", "555-010-0199", "Dayton, Ohio"),
    "Web developer two years out of a bootcamp, curious about what happens behind the API.",
    (
        Post(
            "Web Developer",
            "Pinwheel Creative",
            "May 2024 - Present",
            (
                "Build shop fronts in JavaScript, React and CSS for regional brands.",
                "Wrote a small Node.js service that resizes product photos.",
            ),
        ),
        Post(
            "Barista",
            "Copper Kettle Coffee",
            "Jun 2021 - Apr 2024",
            ("Opened the shop five days a week and trained new colleagues.",),
        ),
    ),
    ("Certificate in Web Development, Gem City Code School, 2024",),
    ("JavaScript", "React", "HTML", "CSS", "Node.js", "Git", "Figma"),
)

VIKTOR = Person(
    "Viktor Halloran",
    "IT Support Technician",
    ("viktor.halloran@example.org", "555-010-0121", "Tulsa, Oklahoma"),
    "Support technician who gets printers, laptops and people working again.",
    (
        Post(
            "IT Support Technician",
            "Redbud Office Services",
            "Feb 2019 - Present",
            (
                "Answer 30 tickets a day for 400 users of Windows and Microsoft 365.",
                "Replace laptops, set up phones and keep the asset list current.",
            ),
        ),
    ),
    ("Associate Degree in Information Technology, Verdigris Community College, 2018",),
    ("Windows", "Microsoft 365", "Active Directory", "Troubleshooting"),
)

STUFFING = (
    "Senior Backend Engineer Python FastAPI PostgreSQL Kubernetes Docker AWS Kafka Terraform REST APIs CI/CD Go "
    "microservices distributed systems 10 years of experience backend engineer Python Kubernetes AWS PostgreSQL"
)
"""What the stuffed resume hides in white letters."""

GRACE = Person(
    "Grace Abernathy-Cole",
    "Registered Nurse, Intensive Care",
    ("grace.cole@example.com", "(555) 010-0164", "Spokane, WA"),
    "ICU nurse with eight years at the bedside, five of them in a 24-bed medical and surgical intensive care unit.",
    (
        Post(
            "Registered Nurse, ICU",
            "Harrow Valley Medical Center",
            "Apr 2020 - Present",
            (
                "Care for two critically ill patients per shift: ventilators, vasoactive drips, arterial lines.",
                "Charge nurse on nights; preceptor to nine new graduates.",
                "Led the sepsis bundle project; time to first antibiotic fell from 74 to 41 minutes.",
                "Chart in Epic and audit central line care every month.",
            ),
        ),
        Post(
            "Registered Nurse, Medical-Surgical",
            "Stillwater Community Hospital",
            "Jul 2017 - Mar 2020",
            (
                "Assessed and cared for five to six patients per shift, medication administration included.",
                "Taught patients and families before discharge.",
            ),
        ),
    ),
    ("Bachelor of Science in Nursing (BSN), Palouse College of Nursing, 2017",),
    ("Critical care", "Ventilator management", "Medication administration", "Patient assessment", "Epic", "Triage"),
    ("Certificates: RN license, CCRN, ACLS, BLS",),
)

MATEO = Person(
    "Mateo Villalobos-King",
    "Registered Nurse",
    ("mateo.king@example.net", "(555) 010-0108", "Albuquerque, NM"),
    "Medical-surgical nurse, four years, calm with anxious patients and with full wards.",
    (
        Post(
            "Registered Nurse, Medical-Surgical",
            "Sandia Ridge Hospital",
            "Aug 2022 - Present",
            (
                "Look after five patients per shift on a 32-bed telemetry ward.",
                "Give medication, dress wounds and start IV lines; chart in Cerner.",
                "Float to the step-down unit twice a month.",
            ),
        ),
        Post(
            "Certified Nursing Assistant",
            "Mesa Grove Care Home",
            "May 2019 - Jul 2022",
            ("Helped residents with meals, washing and walking; took vital signs.",),
        ),
    ),
    ("Associate Degree in Nursing, Rio Alto Community College, 2022",),
    ("Patient care", "Telemetry", "Wound care", "IV therapy", "Medication administration", "Cerner"),
    ("Certificates: RN license, ACLS, BLS", "Languages: English, Spanish (native)"),
)

HANNAH = Person(
    "Hannah Kowalski-Dunn",
    "Licensed Practical Nurse",
    ("hannah.dunn@example.org", "(555) 010-0136", "Erie, PA"),
    "Practical nurse in long-term care, studying for the RN examination.",
    (
        Post(
            "Licensed Practical Nurse",
            "Lakeshore Gardens Nursing Home",
            "Oct 2021 - Present",
            (
                "Give medication to 28 residents and record vital signs and weights.",
                "Care for wounds and catheters under the direction of the registered nurse.",
            ),
        ),
    ),
    ("Diploma in Practical Nursing, Presque Isle Technical School, 2021",),
    ("Medication administration", "Wound care", "Vital signs", "Geriatric care"),
    ("Certificates: LPN license, BLS",),
)

RUTH = Person(
    "Ruth Ellery-Vance",
    "Registered Nurse",
    ("ruth.vance@example.com", "(555) 010-0182", "Duluth, MN"),
    "Emergency nurse with twelve years in a level II trauma center.",
    (
        Post(
            "Registered Nurse, Emergency",
            "Saint Brendan Medical Center",
            "2014 - Present",
            ("Triage, resuscitation and care of trauma patients.",),
        ),
    ),
    ("BSN, Lake Superior School of Nursing, 2013",),
    ("Triage", "Trauma", "ACLS"),
)

DANIEL = Person(
    "Daniel Fitzwilliam-Shah",
    "Senior Accountant, CPA",
    ("daniel.shah@example.net", "(555) 010-0157", "Hartford, CT"),
    "Accountant with seven years in manufacturing; closes the month in four days.",
    (
        Post(
            "Senior Accountant",
            "Quill & Bramble Furniture",
            "Jan 2022 - Present",
            (
                "Own the month-end close and the consolidation of three entities under US GAAP.",
                "Prepare financial statements and the schedules for the external audit.",
                "Reconcile the general ledger in NetSuite; built the variance report in Excel.",
            ),
        ),
        Post(
            "Staff Accountant",
            "Mill River Castings",
            "Jun 2018 - Dec 2021",
            (
                "Posted journal entries, accruals and fixed assets; reconciled 40 bank accounts.",
                "Handled accounts payable and accounts receivable for two plants.",
            ),
        ),
    ),
    ("BS Accounting, Housatonic University, 2018",),
    (
        "Month-end close",
        "US GAAP",
        "General ledger",
        "Account reconciliation",
        "NetSuite",
        "Excel",
        "Financial reporting",
    ),
    ("Certificates: Certified Public Accountant (CPA)",),
)

MEI = Person(
    "Mei Tanaka-Ross",
    "Bookkeeper",
    ("mei.ross@example.com", "(555) 010-0175", "Boise, ID"),
    "Bookkeeper for small firms, nine years, never missed a payroll.",
    (
        Post(
            "Bookkeeper",
            "Cedar & Flint Bookkeeping",
            "Mar 2017 - Present",
            (
                "Keep the books of fourteen shops and restaurants in QuickBooks.",
                "Accounts payable, accounts receivable, payroll and sales tax.",
                "Bank reconciliation every month for every client.",
            ),
        ),
    ),
    ("Associate Degree in Business, Snake River College, 2016",),
    ("QuickBooks", "Payroll", "Accounts payable", "Accounts receivable", "Bank reconciliation", "Excel"),
)

OLUWASEUN = Person(
    "Oluwaseun Adebayo-Finch",
    "Staff Accountant",
    ("seun.finch@example.org", "(555) 010-0112", "Columbus, OH"),
    "Accountant with three years in a hospital network, preparing for the CPA examination.",
    (
        Post(
            "Staff Accountant",
            "Scioto Health Partners",
            "Sep 2023 - Present",
            (
                "Post journal entries and accruals and reconcile twelve balance sheet accounts.",
                "Help with the month-end close and with schedules for the auditors.",
                "Wrote SQL queries that find double payments; recovered 31,000 dollars.",
            ),
        ),
        Post(
            "Accounting Intern",
            "Bexley Tax & Audit",
            "Jan 2023 - Aug 2023",
            ("Prepared tax workpapers and tested expense samples.",),
        ),
    ),
    ("BSc Accounting and Finance, Olentangy University, 2022",),
    ("Journal entries", "Account reconciliation", "US GAAP", "Excel", "SQL", "SAP"),
)

SOFIA = Person(
    "Sofia Brandt-Nolan",
    "Accountant",
    ("sofia.nolan@example.net", "(555) 010-0190", "Madison, WI"),
    "Accountant in non-profit organisations.",
    (Post("Accountant", "Four Lakes Food Bank", "2019 - Present", ("Grant accounting and budgets.",)),),
    ("BA Accounting, Wingra College, 2018",),
    ("Grant accounting", "Budgeting", "Excel"),
)
