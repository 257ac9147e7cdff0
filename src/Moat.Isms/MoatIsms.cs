using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moat.Isms.Kernel;
using Moat.Isms.People.AccessReviews;
using Moat.Isms.Reviews;
using Moat.Isms.Work;
using Moat.Knowledge;

namespace Moat.Isms;

/// <summary>Registers the ISMS: the session, the catalog and every process.</summary>
public static class MoatIsms
{
    /// <summary>Adds the processes of the given assemblies. Storage and what holds the journal's keys come from elsewhere.</summary>
    public static IServiceCollection AddMoatIsms(this IServiceCollection services, params System.Reflection.Assembly[] assemblies)
    {
        var catalog = new OperationCatalog(assemblies);
        services.AddSingleton(catalog);
        foreach (var process in catalog.ProcessTypes) services.AddScoped(process);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => KnowledgeBase.Shipped);
        services.AddSingleton<UnchangedCache>();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<IsmsSession>();
        services.AddScoped<RecordFinder>();
        services.AddScoped<Retirements.Retiring>();
        services.AddScoped<Imports.PointerReading>();
        services.AddScoped<Imports.ImportUndo>();
        services.AddScoped<Imports.ToldUndo>();
        services.AddScoped<Imports.RelationUndo>();
        services.AddScoped<People.PeopleDirectory>();
        services.AddScoped<People.AccessDirectory>();
        services.AddScoped<People.AccessEnd>();
        services.AddScoped<People.AccessMakers>();
        services.AddScoped<People.SecondPerson>();
        services.AddScoped<Assets.ClassificationFlow>();
        services.AddScoped<Assets.Boms.BomDesk>();
        services.AddScoped<Drafts.AssetDrafts>();
        services.AddScoped<Drafts.ContextDrafts>();
        services.AddScoped<Drafts.ControlDrafts>();
        services.AddScoped<Drafts.RiskSuggestions>();
        services.AddScoped<Leadership.TopManagement>();
        services.AddScoped<Risks.SignatoryOfRisk>();
        services.AddScoped<Risks.RiskAcceptances>();
        services.AddScoped<Drafts.RelationDrafts>();
        services.AddScoped<Drafts.WholeDraft>();
        services.AddScoped<Drafts.DraftBoard>();
        services.AddScoped<Controls.SoaSource>();
        services.AddScoped<Controls.ControlLearning>();
        services.AddScoped<Controls.ControlRequirements>();
        services.AddSingleton<Kernel.Journal.JournalKeys>();
        services.AddScoped<Kernel.Journal.JournalWriter>();
        services.AddScoped<Kernel.Journal.JournalKeyCheck>();
        services.AddScoped<ClockTasks>();
        services.AddScoped<Kernel.Journal.JournalVerifier>();
        services.AddAll<Kernel.Journal.IKeptOutside>();
        services.TryAddSingleton(new Anchors.AnchorTargets([]));
        services.AddSingleton<Anchors.AnchorOccasions>();
        services.AddScoped<Processes.ThreadHistory>();
        services.AddScoped<Processes.Flow.FlowReading>();
        services.AddScoped<Processes.ProcessMap>();
        services.AddScoped<Processes.Threads.ThreadStrides>();
        services.AddScoped<Processes.Threads.HandTied>();
        services.AddScoped<Processes.ContentChanges>();
        services.AddScoped<Processes.ProvenChanges>();
        services.AddTransient<Processes.Threads.ThreadWalker>();
        services.AddScoped<Readiness.ReadinessComputation>();
        services.AddScoped<Readiness.CrownJewels>();
        services.AddScoped<Documents.DocumentFieldReader>();
        services.AddScoped<Documents.DocumentTexts>();
        services.AddScoped<Documents.DocumentDrafts>();
        services.AddScoped<Documents.DocumentRounds>();
        services.AddScoped<Documents.Acknowledgements>();
        services.AddScoped<Documents.Audiences>();
        services.AddScoped<People.Arrivals>();
        services.AddScoped<People.Provisioning.ProvisionedFacts>();
        services.AddScoped<People.Training.CourseRules>();
        services.AddWork();
        services.AddScoped<Evidence.Facts.FactIntake>();
        services.AddScoped<Evidence.Facts.DiscoveredAssets>();
        services.AddScoped<Evidence.EvidenceKeeper>();
        services.AddScoped<Evidence.Counting.WatchedStretches>();
        services.AddScoped<Evidence.Counting.ControlCounting>();
        services.AddAll<IOwnRecords>();
        services.AddAll<Evidence.Counting.IControlDoubts>();
        services.AddScoped<Evidence.Attestations.AttestationVerifier>();
        services.AddScoped<Evidence.Checks.CheckBook>();
        services.AddScoped<Evidence.Checks.CheckReading>();
        services.AddScoped<Evidence.Checks.InForceReading>();
        services.AddScoped<Objectives.ObjectiveCounts>();
        services.AddScoped<Objectives.ObjectiveReading>();
        services.AddAccessReviews();
        services.AddScoped<Evidence.Checks.CheckEvaluation>();
        services.AddScoped<Evidence.Checks.CheckAlarm>();
        services.AddScoped<Audits.RequirementRecords>();
        services.AddScoped<Audits.Independence>();
        services.AddScoped<Audits.ProgrammeWeights>();
        services.AddScoped<Audits.AuditReading>();
        services.AddScoped<Audits.AuditTeam>();
        services.AddScoped<Audits.AuditLines>();
        services.AddScoped<Audits.AuditChecklist>();
        services.AddScoped<Audits.AuditReportText>();
        services.AddScoped<Audits.SamplePopulation>();
        services.AddScoped<Audits.RequestDesk>();
        services.AddScoped<Improvement.ImprovementDesk>();
        services.AddScoped<Risks.MoneyAtRisk>();
        services.AddScoped<Leadership.WantedDecisions>();
        services.AddScoped<Context.Alignment.Participation>();
        services.AddReviews();
        services.AddScoped<Incidents.IncidentDesk>();
        services.AddScoped<Incidents.SeverityRating>();
        services.AddScoped<Incidents.Duties.DutyDesk>();
        services.AddScoped<Incidents.Duties.NoticeText>();
        services.AddScoped<Incidents.FactAnswers>();
        services.AddScoped<Incidents.Intake.TriageDesk>();
        services.AddScoped<Incidents.Playbooks.RunMinutes>();
        services.AddScoped<Improvement.ActionDesk>();
        services.AddScoped<Improvement.EffectChecks>();
        services.AddScoped<Improvement.AlteredRecords>();
        services.AddScoped<Improvement.RecurringChecks>();
        services.AddScoped<Improvement.NewsDesk>();
        services.AddScoped<Improvement.LearnedChanges>();
        services.AddScoped<Changes.ConsequenceFinder>();
        services.AddScoped<Changes.ChangeDesk>();
        return services;
    }

    /// <summary>Registers every class of this assembly that hands something in under an interface.</summary>
    private static void AddAll<T>(this IServiceCollection services) where T : class
    {
        foreach (var type in typeof(MoatIsms).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(T))))
            services.AddScoped(typeof(T), type);
    }
}
