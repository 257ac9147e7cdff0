using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Remembering;

namespace Moat.Isms.Kernel;

/// <summary>
/// All records of all processes. Every query is filtered by the caller's organisation. Saving MUST go through
/// <see cref="IsmsSession"/>: a save at any other time throws.
/// </summary>
public sealed class MoatDb(DbContextOptions<MoatDb> options) : DbContext(options)
{
    private const int FewInHand = 100;

    private Scope? _scope;

    private Scope Lent => _scope ?? throw new InvalidOperationException("Nobody said for whom this context reads.");

    /// <summary>The tenants.</summary>
    public DbSet<Organization> Organizations => Set<Organization>();

    /// <summary>The journal, in order of <see cref="JournalEntry.Sequence"/>.</summary>
    public DbSet<JournalEntry> Journal => Set<JournalEntry>();

    /// <summary>Connections between records.</summary>
    public DbSet<Link> Links => Set<Link>();

    /// <summary>
    /// The entries that changed a record, found without reading any other; also of one that was taken out.
    /// </summary>
    public IQueryable<JournalEntry> EntriesOf(string reference)
    {
        var subject = reference.ToUpperInvariant();
        return Set<JournalSubject>()
            .AsNoTracking()
            .Where(s => s.Subject == subject)
            .OrderByDescending(s => s.Sequence)
            .Join(Journal.AsNoTracking(), s => s.Sequence, e => e.Sequence, (_, entry) => entry);
    }

    internal Guid Tenant => Lent.Caller.OrganizationId;

    internal (Guid? Person, Role Role) Viewer => (Lent.Caller.Value.PersonId, Lent.Caller.Value.Role);

    internal bool GateOpen { get; set; }

    /// <summary>
    /// How far the journal reaches in the state that the reading of now sees, once it was asked; it is the same for all
    /// of it. Null outside of one.
    /// </summary>
    internal SeenJournal? Seen { get; set; }

    /// <summary>Whether what is saved now was seen by who writes the journal.</summary>
    internal bool Saving { get; private set; }

    internal FlushedChanges Flushed { get; } = new();

    /// <summary>
    /// The record that the input of the running operation names, when it says at which version it was read.
    /// </summary>
    internal NamedRecord? Named { get; set; }

    /// <summary>What the running operation entered into the journal; null before, and where nothing changed.</summary>
    internal WrittenEntries? Written { get; set; }

    /// <summary>
    /// Lends the context to one scope. Contexts are pooled: building one costs more than most of what is asked of it.
    /// </summary>
    public MoatDb LentTo(CurrentCaller caller, CompanyClock clock, UnchangedCache unchanged, KernelQueries queries)
    {
        (_scope, GateOpen, Named, Written, Seen) = (
            new Scope(caller, clock, unchanged, queries),
            false,
            null,
            null,
            null
        );
        Flushed.Clear();
        return this;
    }

    /// <summary>Now, in UTC, with the precision that every database keeps. What is computed from it ages.</summary>
    public DateTime Now => Lent.Clock.Now;

    /// <summary>Today in UTC.</summary>
    public DateOnly Today => Lent.Clock.Today;

    internal DateTime Moment => Lent.Clock.Moment;

    internal KernelQueries Queries => Lent.Queries;

    /// <summary>What was computed from the organisation's records before and still holds, or is computed now.</summary>
    public Task<T> Unchanged<T>(object key, Func<Task<T>> compute, CancellationToken ct)
        where T : notnull => Lent.Unchanged.Get(this, key, compute, ct);

    /// <summary>What follows from the entries of the journal, computed from those that are new.</summary>
    public Task<T> Grown<T>(object key, T nothing, Func<T, long, long, Task<T>> add, CancellationToken ct)
        where T : class => Lent.Unchanged.Grown(this, key, nothing, add, ct);

    /// <summary>
    /// Saves what the running operation changed so far, inside its transaction, so that what it asks next is answered
    /// with it. The journal tells of the operation as if it had saved once. Costs nothing where nothing changed, and in
    /// a query, but looks at every record that the operation has in hand: ask before a loop, not in it.
    /// </summary>
    public async Task Flush(CancellationToken ct)
    {
        if (!GateOpen || !ChangeTracker.HasChanges())
            return;
        Flushed.Note(this, Lent.Caller.Value.Name);
        await Save(ct);
    }

    /// <summary>
    /// The records for which something holds as the running operation left them: those that are stored, with what it
    /// entered, changed and removed and did not save. For what is asked in a loop, where <see cref="Flush"/> would save
    /// each time; elsewhere flush, and ask the database alone. In no order.
    /// </summary>
    public async Task<List<T>> AsOfNow<T>(Expression<Func<T, bool>> holds, CancellationToken ct)
        where T : Record
    {
        if (!GateOpen)
            return await Set<T>().Where(holds).ToListAsync(ct);
        await Set<T>().Where(holds).LoadAsync(ct);
        var inHand = InHand<T>();
        // Compiling it costs more than to look at a few.
        return [.. inHand.Where(holds.Compile(preferInterpretation: inHand.Count < FewInHand))];
    }

    // Nothing is compared for changes here: only what was removed counts, and that is known without.
    private LocalView<T> InHand<T>()
        where T : class
    {
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return Set<T>().Local;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>What the running operation entered, whether it is saved yet or not.</summary>
    internal IReadOnlyList<T> Entered<T>()
        where T : Record => [.. Set<T>().Local.Where(r => r.Version == 0 || Flushed.Entered(r))];

    /// <summary>Saves what was stamped. MUST be called by who then tells the journal only.</summary>
    internal async Task Save(CancellationToken ct)
    {
        Saving = true;
        try
        {
            await SaveChangesAsync(ct);
        }
        finally
        {
            Saving = false;
        }
    }

    /// <summary>Enters a new record: gives it organisation, id and, where its kind has one, a reference.</summary>
    public async Task<T> Enter<T>(T record, CancellationToken ct)
        where T : Record
    {
        record.OrganizationId = Tenant;
        record.Id = Guid.CreateVersion7(Moment);
        if (record is Referenced referenced)
        {
            var prefix = RecordKind.Of(typeof(T)).Prefix;
            var counter =
                InHand<ReferenceCounter>().FindEntryUntyped([Tenant, prefix])?.Entity
                ?? await Queries.Counter(this, prefix, ct);
            if (counter is null)
                Add(counter = new ReferenceCounter { OrganizationId = Tenant, Prefix = prefix });
            referenced.Number = counter.Next();
        }
        Add(record);
        return record;
    }

    /// <summary>
    /// Connects two records; connecting them again with the same meaning changes nothing. What an operation connects
    /// takes the place of a claim by hand.
    /// </summary>
    public async Task<Link?> Connect(
        Referenced from,
        string type,
        Referenced to,
        CancellationToken ct,
        string? source = null
    )
    {
        var (fromKind, toKind) = (RecordKind.Of(from.GetType()).Prefix, RecordKind.Of(to.GetType()).Prefix);
        var known = (
            await AsOfNow<Link>(l => l.FromId == from.Id && l.ToId == to.Id && l.Type == type, ct)
        ).FirstOrDefault();
        if (known is not null && (source == Link.ByHand || known.Source != Link.ByHand))
            return null;
        if (known is not null)
            Remove(known);
        return await Enter(
            new Link
            {
                Type = type,
                FromKind = fromKind,
                FromId = from.Id,
                ToKind = toKind,
                ToId = to.Id,
                Source = source,
            },
            ct
        );
    }

    /// <summary>The record that a reference or id names, tracked. Throws <see cref="NotFound"/>.</summary>
    public async Task<T> One<T>(string reference, CancellationToken ct)
        where T : Referenced
    {
        var kind = RecordKind.Of(typeof(T));
        var query = AsTracking<T>();
        T? record = null;
        if (Guid.TryParse(reference, out var id))
            record = await query.FirstOrDefaultAsync(r => r.Id == id, ct);
        else if (RecordKind.Parse(reference) is { } parsed && parsed.Kind == kind)
            record = await query.FirstOrDefaultAsync(r => r.Number == parsed.Number, ct);
        if (record is null)
            throw new NotFound(reference, RecordKind.Parse(reference)?.Kind.ButNot(kind, reference));
        Named?.Meet(reference, record);
        return record;
    }

    /// <summary>
    /// The record that a change names. Throws <see cref="Conflict"/> when it changed since it was read.
    /// </summary>
    public async Task<T> One<T>(ChangeRecord change, CancellationToken ct)
        where T : Referenced
    {
        var record = await One<T>(change.Ref, ct);
        NamedRecord.MustBe(record, change.IfVersion);
        Named?.Meet(Named.Ref, record);
        return record;
    }

    private IQueryable<T> AsTracking<T>()
        where T : class => GateOpen ? Set<T>().AsTracking() : Set<T>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var assembly in IsmsAssemblies.Classes.Where(IsMapping).Select(t => t.Assembly).Distinct())
            modelBuilder.ApplyConfigurationsFromAssembly(assembly);
        foreach (
            var type in modelBuilder
                .Model.GetEntityTypes()
                .Select(t => t.ClrType)
                .Where(t => t.IsSubclassOf(typeof(Record)))
                .ToList()
        )
            RecordMapping.Apply(modelBuilder, type, this);
        foreach (
            var type in modelBuilder
                .Model.GetEntityTypes()
                .Select(t => t.ClrType)
                .Where(t => t.IsAssignableTo(typeof(ITenantRow)))
                .ToList()
        )
            RecordMapping.OnlyOfTenant(modelBuilder, type, this);
    }

    private sealed record Scope(
        CurrentCaller Caller,
        CompanyClock Clock,
        UnchangedCache Unchanged,
        KernelQueries Queries
    );

    private static bool IsMapping(Type type) =>
        type.GetInterfaces()
            .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>));

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<List<string>>().HaveConversion<TextList, TextListComparer>();
    }
}
