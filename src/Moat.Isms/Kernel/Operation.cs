using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Moat.Isms.Kernel;

/// <summary>
/// A class of operations: one process of the ISMS. Its name is URL segment, MCP prefix and CLI group.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ProcessAttribute(string name, string summary) : Attribute
{
    /// <summary>The process noun, such as <c>risks</c>.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence for people who have not met the process.</summary>
    public string Summary { get; } = summary;
}

/// <summary>
/// What can be done to the ISMS: reachable at UI, REST, MCP and CLI, and journalled if it changes anything.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public class OperationAttribute(string verb, Permission permission, string summary) : Attribute
{
    /// <summary>The verb after the process, such as <c>accept</c>.</summary>
    public string Verb { get; } = verb;

    /// <summary>What the caller must be allowed to do.</summary>
    public Permission Permission { get; } = permission;

    /// <summary>What it does, in the domain's words; shown in OpenAPI, MCP and the CLI's help.</summary>
    public string Summary { get; } = summary;
}

/// <summary>An operation that only reads.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QueryAttribute(string verb, Permission permission, string summary)
    : OperationAttribute(verb, permission, summary)
{
    /// <summary>
    /// Whether what it is asked about is a file, or too large for an address: then it is asked with POST, and still
    /// stores nothing.
    /// </summary>
    public bool TakesBody { get; init; }
}

/// <summary>One operation, as every door sees it.</summary>
public sealed partial class Operation
{
    // Compiled when it is first called: a start and most commands call none or one of all operations.
    private readonly Lazy<Func<object, object, CancellationToken, Task<object>>> _call;

    internal Operation(ProcessAttribute process, OperationAttribute declared, MethodInfo method)
    {
        Process = process.Name;
        Verb = declared.Verb;
        Permission = declared.Permission;
        Summary = declared.Summary;
        Method = method;
        ChangesRecords = declared is not QueryAttribute;
        TakesBody = declared is not QueryAttribute { TakesBody: false };
        ByPerson = method.GetCustomAttribute<ByPersonAttribute>() is not null;
        RefusesTokens = ByPerson || method.GetCustomAttribute<PeopleOnlyAttribute>() is not null;
        Daily = method.GetCustomAttribute<DailyAttribute>()?.Turn;
        ProvenInPack = method.GetCustomAttribute<ProvenInPackAttribute>() is not null;
        InputType = method.GetParameters()[0].ParameterType;
        ResultType = method.ReturnType.GenericTypeArguments[0];
        CanBeRemembered =
            !ChangesRecords
            && !TakesBody
            && !ByPerson
            && Permission != Permission.System
            && !ResultType.IsAssignableTo(typeof(MadeFile))
            && InputType.GetProperties().All(p => p.PropertyType.IsValueType || p.PropertyType == typeof(string));
        _call = new(() => Compile(method, InputType, ResultType));
    }

    /// <summary>The process noun.</summary>
    public string Process { get; }

    /// <summary>The verb.</summary>
    public string Verb { get; }

    /// <summary>Stable name, such as <c>risks.accept</c>.</summary>
    public string Name => $"{Process}.{Verb}";

    /// <summary>What the caller must be allowed to do.</summary>
    public Permission Permission { get; }

    /// <summary>What it does.</summary>
    public string Summary { get; }

    /// <summary>False for a query.</summary>
    public bool ChangesRecords { get; }

    /// <summary>Whether its input comes in the body of a request; otherwise in its address.</summary>
    public bool TakesBody { get; }

    /// <summary>Whether only a signed-in person who confirms it may do it.</summary>
    public bool ByPerson { get; }

    /// <summary>Whether every token is refused, whatever it may do otherwise.</summary>
    public bool RefusesTokens { get; }

    /// <summary>When the server does it itself each day; null where only others do it.</summary>
    public DailyTurn? Daily { get; }

    /// <summary>Whether the audit pack proves each entry that it left.</summary>
    public bool ProvenInPack { get; }

    /// <summary>The input record.</summary>
    public Type InputType { get; }

    /// <summary>What it answers.</summary>
    public Type ResultType { get; }

    /// <summary>The class that carries it.</summary>
    public Type ProcessType => Method.DeclaringType!;

    internal MethodInfo Method { get; }

    /// <summary>
    /// Whether two inputs that say the same are equal, and the answer can be given to whoever asks it again. What the
    /// installation asks itself, it also answers from what it has in hand.
    /// </summary>
    internal bool CanBeRemembered { get; }

    /// <summary>Whether the input names one record, so that the reference stands in the route.</summary>
    public bool OnOneRecord => InputType.GetProperty("Ref") is not null;

    /// <summary>GET, POST or PATCH.</summary>
    public string HttpMethod =>
        !TakesBody ? "GET"
        : Verb == "edit" ? "PATCH"
        : "POST";

    /// <summary>The route below <c>/api/v1/{org}/</c>.</summary>
    public string Route =>
        (Verb, OnOneRecord) switch
        {
            ("list" or "create", _) => Process,
            ("get" or "edit", true) => $"{Process}/{{ref}}",
            ("get", false) => Process,
            (_, true) => $"{Process}/{{ref}}/{Verb}",
            _ => $"{Process}/{Verb}",
        };

    /// <summary>The name of the MCP tool (letters, digits and underscores only).</summary>
    public string ToolName => NotWord().Replace(Name, "_");

    internal Task<object> Invoke(object process, object input, CancellationToken ct) => _call.Value(process, input, ct);

    private static Func<object, object, CancellationToken, Task<object>> Compile(
        MethodInfo method,
        Type input,
        Type result
    )
    {
        var (process, given, ct) = (
            Expression.Parameter(typeof(object)),
            Expression.Parameter(typeof(object)),
            Expression.Parameter(typeof(CancellationToken))
        );
        var call = Expression.Call(
            Expression.Convert(process, method.DeclaringType!),
            method,
            Expression.Convert(given, input),
            ct
        );
        var answer = Expression.Call(typeof(Operation), nameof(Answer), [result], call);
        return Expression
            .Lambda<Func<object, object, CancellationToken, Task<object>>>(answer, process, given, ct)
            .Compile();
    }

    private static async Task<object> Answer<T>(Task<T> answer)
        where T : notnull => await answer;

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWord();
}

/// <summary>
/// All operations, found once. A process method that declares no operation cannot be run at any door.
/// </summary>
public sealed class OperationCatalog
{
    private readonly Dictionary<string, Operation> _byName;
    private readonly Dictionary<MethodInfo, Operation> _byMethod;

    /// <summary>
    /// Finds the processes in the given assemblies. Throws when two operations share a name or one has a wrong form.
    /// </summary>
    public OperationCatalog(params IReadOnlyList<Assembly> assemblies)
    {
        var found = assemblies
            .SelectMany(a => a.GetTypes())
            .Select(t => (Type: t, Process: t.GetCustomAttribute<ProcessAttribute>()))
            .Where(x => x.Process is not null)
            .OrderBy(x => x.Type.FullName, StringComparer.Ordinal)
            .ToList();
        Processes = [.. found.Select(x => x.Process!).DistinctBy(p => p.Name)];
        ProcessTypes = [.. found.Select(x => x.Type)];
        All = [.. found.SelectMany(x => Declared(x.Type, x.Process!))];
        Daily =
        [
            .. All.Where(o => o.Daily is not null)
                .OrderBy(o => o.Daily)
                .ThenByDescending(o => o.Verb)
                .ThenBy(o => o.Name, StringComparer.Ordinal),
        ];
        _byName = All.ToDictionary(o => o.Name);
        _byMethod = All.ToDictionary(o => o.Method);
    }

    /// <summary>The operations of every process that the program was built with.</summary>
    public static OperationCatalog Whole { get; } = new(IsmsAssemblies.All);

    /// <summary>Every operation.</summary>
    public IReadOnlyList<Operation> All { get; }

    /// <summary>Those that the server does itself each day, in their turn.</summary>
    public IReadOnlyList<Operation> Daily { get; }

    /// <summary>The processes that carry them.</summary>
    public IReadOnlyList<ProcessAttribute> Processes { get; }

    /// <summary>Operations that programs can reach: all but those of the installation itself.</summary>
    public IEnumerable<Operation> Reachable() => All.Where(o => o.Permission != Permission.System);

    /// <summary>The classes that carry them.</summary>
    public IReadOnlyList<Type> ProcessTypes { get; }

    /// <summary>The operation of that name, or none.</summary>
    public Operation? Find(string name) => _byName.GetValueOrDefault(name);

    internal Operation Of(MethodInfo method) =>
        _byMethod.GetValueOrDefault(method)
        ?? throw new InvalidOperationException(
            $"{method.DeclaringType?.Name}.{method.Name} is not declared as an operation."
        );

    private static IEnumerable<Operation> Declared(Type type, ProcessAttribute process)
    {
        foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var declared = method.GetCustomAttribute<OperationAttribute>();
            if (declared is null)
                continue;
            var parameters = method.GetParameters();
            if (
                parameters.Length != 2
                || parameters[1].ParameterType != typeof(CancellationToken)
                || !method.ReturnType.IsGenericType
                || method.ReturnType.GetGenericTypeDefinition() != typeof(Task<>)
            )
                throw new InvalidOperationException(
                    $"{type.Name}.{method.Name} must be Task<TResult> (TInput, CancellationToken)."
                );
            yield return new Operation(process, declared, method);
        }
    }
}
