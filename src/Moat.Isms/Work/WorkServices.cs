using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moat.Isms.AccessReviews;
using Moat.Isms.Audits;
using Moat.Isms.Documents;
using Moat.Isms.Drafts;
using Moat.Isms.Evidence;
using Moat.Isms.Incidents.Duties;
using Moat.Isms.Objectives;
using Moat.Isms.Reviews;
using Moat.Isms.Risks;
using Moat.Isms.Work.Absences;
using Moat.Isms.Work.Cadences;
using Moat.Isms.Work.Calendar;
using Moat.Isms.Work.Webhooks;

namespace Moat.Isms.Work;

/// <summary>Registers what tasks, cadences, absences, the calendar and webhooks are made of.</summary>
internal static class WorkServices
{
    public static void AddWork(this IServiceCollection services)
    {
        services.AddScoped<WorkList>();
        services.AddScoped<Deputies>();
        services.AddScoped<Handover>();
        services.AddScoped<CadenceBook>();
        services.AddScoped<CadenceProofs>();
        services.AddScoped<CadenceDrafts>();
        services.AddScoped<EventWriter>();
        services.TryAddSingleton(new PublicAddress((Uri?)null));
        services.AddScoped<ICalendarSource, TaskDays>();
        services.AddScoped<ICalendarSource, CadenceDays>();
        services.AddScoped<ICalendarSource, EvidenceDays>();
        services.AddScoped<ICalendarSource, DocumentDays>();
        services.AddScoped<ICalendarSource, ObjectiveDays>();
        services.AddScoped<ICalendarSource, AcceptanceDays>();
        services.AddScoped<ICalendarSource, AccessReviewDays>();
        services.AddScoped<ICalendarSource, AbsenceDays>();
        services.AddScoped<ICalendarSource, AuditDays>();
        services.AddScoped<ICalendarSource, RequestDays>();
        services.AddScoped<ICalendarSource, ReviewDays>();
        services.AddScoped<ICalendarSource, NoticeDays>();
    }
}
