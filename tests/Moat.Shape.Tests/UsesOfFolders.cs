using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Moat.Tests;

/// <summary>One folder of the ISMS uses another: where it is written, and what is used.</summary>
internal readonly record struct UseOfFolder(string User, string Used, string Where);

/// <summary>
/// Who uses whom among the folders of the ISMS. The compiled assembly tells what is used without a <c>using</c>; the
/// sources tell of constants, which the compiler copies.
/// </summary>
internal static partial class UsesOfFolders
{
    private const string Root = "Moat.Isms.";

    /// <summary>Every use of one folder by another.</summary>
    public static IEnumerable<UseOfFolder> Read(string assembly) =>
        Compiled(assembly).Concat(Written()).Where(u => u.User != u.Used).Distinct();

    private static IEnumerable<UseOfFolder> Written() =>
        from source in SourceTree.Read("src/Moat.Isms", ".cs")
        let folders = source.Path.Split('/')
        where folders.Length > 3
        from Match match in Using().Matches(source.Text)
        select new UseOfFolder(folders[2], match.Groups["folder"].Value, $"{source.Path}: {match.Value.TrimEnd()}");

    private static IEnumerable<UseOfFolder> Compiled(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        foreach (var type in module.GetTypes())
        {
            if (FolderOf(type) is not { } user)
                continue;
            foreach (var used in Named(type).SelectMany(Parts))
                if (FolderOf(used) is { } folder)
                    yield return new UseOfFolder(user, folder, $"{Outermost(type).Name} uses {used.Name}");
        }
    }

    private static IEnumerable<TypeReference?> Named(TypeDefinition type) =>
        type
            .Interfaces.Select(i => i.InterfaceType)
            .Append(type.BaseType)
            .Concat(type.Fields.Select(f => f.FieldType))
            .Concat(type.CustomAttributes.Select(a => a.AttributeType))
            .Concat(type.Methods.SelectMany(Named));

    private static IEnumerable<TypeReference?> Named(MethodDefinition method)
    {
        var signature = method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType);
        if (!method.HasBody)
            return signature;
        return signature
            .Concat(method.Body.Variables.Select(v => v.VariableType))
            .Concat(method.Body.Instructions.SelectMany(Named));
    }

    private static IEnumerable<TypeReference?> Named(Instruction instruction) =>
        instruction.Operand switch
        {
            TypeReference type => [type],
            GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
            MemberReference member => [member.DeclaringType],
            _ => [],
        };

    private static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null => [],
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
            TypeSpecification made => Parts(made.ElementType),
            _ => [type],
        };

    private static TypeReference Outermost(TypeReference type) =>
        type.DeclaringType is { } around ? Outermost(around) : type;

    private static string? FolderOf(TypeReference type)
    {
        var space = Outermost(type).Namespace;
        return space.StartsWith(Root, StringComparison.Ordinal) ? space[Root.Length..].Split('.')[0] : null;
    }

    [GeneratedRegex(@"^using (static |\w+ = )?Moat\.Isms\.(?<folder>\w+).*$", RegexOptions.Multiline)]
    private static partial Regex Using();
}
