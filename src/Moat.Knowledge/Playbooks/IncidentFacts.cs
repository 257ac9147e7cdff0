namespace Moat.Knowledge.Playbooks;

/// <summary>What can be true of an incident, as far as duties depend on it.</summary>
public static class IncidentFacts
{
    /// <summary>
    /// Personal data were destroyed, lost, changed, disclosed or opened to somebody who may not see them (GDPR Art.
    /// 4(12)).
    /// </summary>
    public const string PersonalData = "personal-data";

    /// <summary>A risk to the rights and freedoms of people is unlikely (GDPR Art. 33(1)).</summary>
    public const string RiskUnlikely = "risk-unlikely";

    /// <summary>The breach is likely to result in a high risk to people (GDPR Art. 34(1)).</summary>
    public const string HighRiskToPeople = "high-risk-to-people";

    /// <summary>Data are among them that the company processes on somebody else's behalf.</summary>
    public const string Processor = "processor";

    /// <summary>All of them are such data, so the company is the controller of none.</summary>
    public const string ProcessorOnly = "processor-only";

    /// <summary>The company is an essential or important entity under NIS2.</summary>
    public const string Nis2Entity = "nis2-entity";

    /// <summary>
    /// The service was or could be severely disrupted, or loss or considerable damage was or could be caused (NIS2 Art.
    /// 23(3)).
    /// </summary>
    public const string Significant = "significant";

    /// <summary>It concerns a high-risk AI system that the company provides on the Union's market.</summary>
    public const string HighRiskAiSystem = "high-risk-ai-system";

    /// <summary>An AI system led to a serious incident in the sense of the AI Act (Art. 3(49)).</summary>
    public const string SeriousAiIncident = "serious-ai-incident";

    /// <summary>
    /// A widespread infringement, or critical infrastructure seriously and irreversibly disrupted (AI Act Art. 73(3)).
    /// </summary>
    public const string Widespread = "widespread";

    /// <summary>Somebody died or may have.</summary>
    public const string Death = "death";

    /// <summary>Customers' data or service were affected.</summary>
    public const string Customers = "customers";

    /// <summary>Financial entities are among the customers concerned (DORA, Regulation (EU) 2022/2554).</summary>
    public const string FinancialCustomers = "financial-customers";

    /// <summary>
    /// A vulnerability of a product with digital elements is actively exploited (Cyber Resilience Act Art. 3(42)).
    /// </summary>
    public const string ExploitedVulnerability = "exploited-vulnerability";

    /// <summary>
    /// A severe incident has an impact on the security of a product with digital elements (Cyber Resilience Act Art.
    /// 14(5)).
    /// </summary>
    public const string ProductIncident = "product-incident";

    /// <summary>It concerns a high-risk AI system that the company uses under its authority, as deployer.</summary>
    public const string DeployedHighRiskSystem = "deployed-high-risk-system";

    /// <summary>It involves a general-purpose model of the company with systemic risk, or a frontier model.</summary>
    public const string SystemicModel = "systemic-model";

    /// <summary>The security of that model was seriously breached.</summary>
    public const string ModelBreach = "model-breach";

    /// <summary>
    /// A critical safety incident in the sense of the laws of California and New York on frontier models.
    /// </summary>
    public const string CriticalSafetyIncident = "critical-safety-incident";

    /// <summary>It poses an imminent risk of death or serious physical injury.</summary>
    public const string ImminentDanger = "imminent-danger";

    /// <summary>
    /// Residents of the United States are among the people concerned, with data that a state's law on breaches names.
    /// </summary>
    public const string UsResidents = "us-residents";

    /// <summary>Unsecured protected health information is among the data (45 CFR 164.402).</summary>
    public const string HealthInformation = "health-information";

    /// <summary>All of them, with the question that settles each.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>
        {
            [PersonalData] =
                "Were personal data destroyed, lost, changed, unavailable, or seen by somebody who may not see them? Prompts, logs, training data and memorised text count.",
            [RiskUnlikely] =
                "Is a risk to the people concerned unlikely? Say yes only with a reason you would show to the authority, such as lost data that were encrypted and backed up.",
            [HighRiskToPeople] =
                "Is a high risk to the people concerned likely, such as fraud, exposure of health or money matters, or harm to their standing?",
            [Processor] = "Are some of the personal data ones that you process on a customer's behalf?",
            [ProcessorOnly] = "Are all of them such data, so that you decide about the purpose of none?",
            [Nis2Entity] =
                "Are you an essential or important entity under NIS2, by your sector and size or because an authority said so?",
            [Significant] =
                "Did it or could it severely disrupt your service, cost you real money, or do considerable damage to others?",
            [HighRiskAiSystem] = "Does it concern a high-risk AI system that you provide in the EU under your name?",
            [SeriousAiIncident] =
                "Did an AI system lead, directly or indirectly, to a death, serious harm to health, property or the environment, a breach of fundamental rights, or the lasting disruption of critical infrastructure?",
            [Widespread] =
                "Was critical infrastructure seriously and irreversibly disrupted, or did the same breach of law harm people in several member states?",
            [Death] = "Did somebody die, or may somebody have died, because of it?",
            [Customers] = "Were customers' data or their use of the service affected?",
            [FinancialCustomers] =
                "Are banks, insurers, payment or investment firms of the EU among the customers concerned?",
            [ExploitedVulnerability] =
                "Is a vulnerability in a product that you make and sell in the EU, such as software that customers install or a device, actively exploited?",
            [ProductIncident] =
                "Did something severe strike the security of such a product, for example malicious code in an update, your signing key, or your build?",
            [DeployedHighRiskSystem] =
                "Does it concern a high-risk AI system of another provider that you use in your own work?",
            [SystemicModel] =
                "Is a general-purpose model of yours involved that counts as one with systemic risk, or as a frontier model?",
            [ModelBreach] =
                "Was the security of that model seriously breached, such as weights copied by somebody outside, or by the model itself?",
            [CriticalSafetyIncident] =
                "Did somebody get at the weights of a frontier model with harm to people, did a catastrophic risk come true, did you lose control of the model and people were harmed, or did it deceive you to escape your controls in a way that makes a catastrophe likelier?",
            [ImminentDanger] = "May somebody die or be seriously injured soon because of it?",
            [UsResidents] =
                "Are residents of the United States among the people, with a name and, say, a social-security, identity-card or account number, a password, or biometric or health data?",
            [HealthInformation] =
                "Is health information among the data that you hold for, or as, a US health-care provider or insurer, and was it not encrypted as HHS describes?",
        };
}
