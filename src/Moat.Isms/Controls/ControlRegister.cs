using Microsoft.EntityFrameworkCore;
using Moat.Isms.Context;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Knowledge;

namespace Moat.Isms.Controls;

/// <summary>The controls: Annex A and the company's own (clause 6.1.3 b, c).</summary>
[Process("controls", "What the company does against its risks: the 93 controls of Annex A and its own.")]
public sealed class ControlRegister(
    MoatDb db,
    CurrentCaller caller,
    KnowledgeBase knowledge,
    RecordFinder records,
    IRelatedRisks risks,
    IRelatedEvidence evidence,
    ILearnedChanges learned
)
{
    private const int OwnControls = 10_000;
    private static readonly string[] KnownReasons = ["risk", "law", "contract", "good-practice"];
    private static readonly Pager<Control> Pages = new(new SortKey<Control>("code", c => c.Order));
    private static readonly Dictionary<string, int> Themes = new()
    {
        ["organizational"] = 5,
        ["people"] = 6,
        ["physical"] = 7,
        ["technological"] = 8,
    };

    /// <summary>A page of the controls, in the order of Annex A.</summary>
    [Query("list", Permission.ReadIsms, "List controls with applicability, reason, state and owner")]
    public async Task<Page<ControlRow>> List(ListControls input, CancellationToken ct)
    {
        var query = db.Set<Control>().Of(input.Standing);
        if (input.Applicability is { } applicability)
            query = query.Where(c => c.Applicability == applicability);
        if (input.Implementation is { } state)
            query = query.Where(c => c.Implementation == state);
        if (input.Theme is { } theme)
        {
            var number =
                theme == "own" ? OwnControls / 100
                : Themes.TryGetValue(theme, out var n) ? n
                : throw new InputInvalid("theme", $"One of: {string.Join(", ", Themes.Keys)}, own.");
            query =
                number >= OwnControls / 100
                    ? query.Where(c => c.Order >= OwnControls)
                    : query.Where(c => c.Order >= number * 100 && c.Order < (number + 1) * 100);
        }
        if (input.Owner is { } owner)
        {
            var person = owner == "me" ? caller.Value.PersonId : (await db.One<Person>(owner, ct)).Id;
            query = query.Where(c => c.OwnerId == person);
        }
        var people = db.Set<Person>();
        var links = db.Links;
        return await Pages.Page(
            db,
            query,
            input with
            {
                Sort = input.Sort ?? "code",
            },
            c => new ControlRow(
                "CTL-" + c.Number,
                c.Version,
                c.Code,
                c.Title,
                c.Standing,
                c.Applicability,
                c.ReasonKinds,
                c.Justification,
                c.Implementation,
                c.HowDone,
                people.Where(p => p.Id == c.OwnerId).Select(p => "PER-" + p.Number).FirstOrDefault(),
                people.Where(p => p.Id == c.OwnerId).Select(p => p.Name).FirstOrDefault(),
                links.Count(l => l.FromId == c.Id && l.Type == LinkTypes.Treats)
            ),
            ct
        );
    }

    /// <summary>One control, by code or reference.</summary>
    [Query("get", Permission.ReadIsms, "Read one control, by code such as A.8.4")]
    public async Task<ControlView> Get(OneRecord input, CancellationToken ct)
    {
        var control = await Find(input.Ref, ct);
        var owner = await db.Set<Person>().FirstOrDefaultAsync(p => p.Id == control.OwnerId, ct);
        var entry = knowledge.ControlById.GetValueOrDefault(control.Code);
        return new ControlView
        {
            Ref = control.Ref,
            Version = control.Version,
            Code = control.Code,
            Title = control.Title,
            Standing = control.Standing,
            WhyProposed = control.WhyProposed,
            Applicability = control.Applicability,
            ReasonKinds = control.ReasonKinds,
            Justification = control.Justification,
            Implementation = control.Implementation,
            HowDone = control.HowDone,
            OwnerRef = owner?.Ref,
            Owner = owner?.Name,
            Risks = await RisksOf(control.Id, ct),
            Obligations = await ObligationsOf(control.Code, ct),
            Evidence = await evidence.Of(control.Id, ct),
            GuidanceHtml = entry?.Html,
            Example = entry?.Example,
            Attributes = entry is null
                ? []
                : [.. entry.Types, .. entry.Properties, .. entry.Concepts, .. entry.Capabilities, .. entry.Domains],
            RelatedControls = entry?.Related ?? [],
            NextStep = entry?.NextStep,
            ChangedAt = control.ChangedAt,
            ChangedBy = control.ChangedBy,
        };
    }

    /// <summary>Enters a control of the company's own.</summary>
    [Operation("create", Permission.EditControls, "Enter a control of your own, beside Annex A")]
    public async Task<Done> Create(CreateControl input, CancellationToken ct)
    {
        if (await db.Set<Control>().AnyAsync(c => c.Code == input.Code, ct))
            throw new InputInvalid("code", $"There is already a control {input.Code}.");
        return new Done(
            await db.Enter(
                new Control
                {
                    Code = input.Code,
                    Title = input.Title,
                    Order = OwnControls,
                    Applicability = Applicability.Applicable,
                    ReasonKinds = ["risk"],
                    Justification = input.Justification,
                    Implementation = Implementation.NotStarted,
                },
                ct
            )
        );
    }

    /// <summary>Decides on applicability, state, owner or how it is done.</summary>
    [Operation("edit", Permission.EditControls, "Decide applicability, reason, state, owner and how it is done here")]
    public async Task<Done> Edit(EditControl input, CancellationToken ct)
    {
        var control = await Find(input.Ref, ct);
        await db.One<Control>(new ChangeRecord { Ref = control.Ref, IfVersion = input.IfVersion }, ct);
        if (input.ReasonKinds is not null && input.ReasonKinds.Except(KnownReasons).Any())
            throw new InputInvalid("reasonKinds", $"Each is one of: {string.Join(", ", KnownReasons)}.");
        control.Applicability = input.Applicability ?? control.Applicability;
        control.ReasonKinds = input.ReasonKinds is null ? control.ReasonKinds : [.. input.ReasonKinds];
        control.Justification = input.Justification ?? control.Justification;
        control.Answer(input.Implementation, input.HowDone, caller.Value.PersonId, db.Now);
        if (input.Owner is not null)
            control.OwnerId = await db.OwnerId(input.Owner, ct);
        if (control.Applicability == Applicability.Excluded && string.IsNullOrWhiteSpace(control.Justification))
            throw new RuleBroken(
                "controls.exclude.reason",
                $"{control.Code} cannot be left out without saying why (6.1.3 d)."
            );
        control.Adopt();
        if (input.Because is { } because)
            await Learn(control, because, ct);
        return new Done(control);
    }

    /// <summary>Keeps that somebody looked at it and nothing has to change.</summary>
    [
        PeopleOnly,
        Operation(
            "evaluate",
            Permission.EditControls,
            "Say as a person that a control was looked at and needs no change, and why (10.1)"
        )
    ]
    public async Task<Done> Evaluate(EvaluateControl input, CancellationToken ct)
    {
        var control = await Find(input.Ref, ct);
        await db.One<Control>(new ChangeRecord { Ref = control.Ref, IfVersion = input.IfVersion }, ct);
        if (control.Standing != Standing.Adopted)
            throw new RuleBroken(
                "controls.evaluate.adopted",
                $"{control.Code} is only proposed. Adopt it before you judge it."
            );
        control.Evaluate(input.Reason, caller.Value, db.Today);
        return new Done(control);
    }

    /// <summary>Gives many controls an owner at once.</summary>
    [Operation("assign", Permission.EditControls, "Give controls an owner, singly or in bulk")]
    public async Task<Tally> Assign(AssignControls input, CancellationToken ct)
    {
        var owner = await db.One<Person>(input.Owner, ct);
        var query = db.Set<Control>().Of(null);
        query = input.Codes is { } codes
            ? query.Where(c => codes.Contains(c.Code))
            : query.Where(c => c.OwnerId == null && c.Applicability == Applicability.Applicable);
        var controls = await query.ToListAsync(ct);
        foreach (var control in controls)
        {
            control.OwnerId = owner.Id;
            control.Adopt();
        }
        return new Tally(
            controls.Count,
            [
                .. (input.Codes ?? [])
                    .Except(controls.Select(c => c.Code))
                    .Select(c => new FieldError("codes", $"There is no control {c}.")),
            ]
        );
    }

    private async Task Learn(Control control, string because, CancellationToken ct)
    {
        var cause = await records.One(because, ct);
        if (!Teachers.Teach(cause))
            throw new InputInvalid(
                "because",
                "Name what taught it: a lesson, action, improvement, change, finding, nonconformity, incident, exercise, review or threat news."
            );
        if (!ChangesWhatItSays(control))
            throw new RuleBroken(
                "controls.edit.because",
                $"Nothing that {control.Code} says would change. Say what became different, or keep a look that found nothing to change."
            );
        await learned.Because(control, cause, LinkTypes.LearnedFrom, ct);
    }

    private bool ChangesWhatItSays(Control control)
    {
        var entry = db.Entry(control);
        return entry.Properties.Any(p =>
            p.Metadata.Name
                is nameof(Control.HowDone)
                    or nameof(Control.Implementation)
                    or nameof(Control.Applicability)
                    or nameof(Control.Justification)
            && !Equals(p.OriginalValue, p.CurrentValue)
        );
    }

    private Task<Control> Find(string reference, CancellationToken ct) => Find(db, reference, ct);

    /// <summary>A control by its code or its reference.</summary>
    internal static async Task<Control> Find(MoatDb db, string reference, CancellationToken ct) =>
        await db.Set<Control>().FirstOrDefaultAsync(c => c.Code == reference, ct)
        ?? await db.One<Control>(reference, ct);

    private async Task<IReadOnlyList<Related>> RisksOf(Guid control, CancellationToken ct) =>
        await risks
            .Among(db.Links.Where(l => l.FromId == control && l.Type == LinkTypes.Treats).Select(l => l.ToId))
            .ToListAsync(ct);

    private async Task<IReadOnlyList<Related>> ObligationsOf(string code, CancellationToken ct) =>
        [
            .. (await db.Set<Obligation>().Of(null).OrderBy(o => o.Number).ToListAsync(ct))
                .Where(o => o.Controls.Contains(code))
                .Select(o => new Related(o.Ref, o.Name, o.Kind.ToString())),
        ];
}
