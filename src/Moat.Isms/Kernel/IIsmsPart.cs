using Microsoft.Extensions.DependencyInjection;

namespace Moat.Isms.Kernel;

/// <summary>
/// A folder of the ISMS registers what it is made of. One class for each folder, without parameters; the whole finds it
/// and only gathers. What a folder hands to others it hands in by an interface with <see cref="HandedInAttribute"/>.
/// </summary>
public interface IIsmsPart
{
    /// <summary>Registers the part's own services.</summary>
    void Register(IServiceCollection services);
}

/// <summary>
/// Every class under this interface or base class is registered under it, wherever it is: the process that it belongs
/// to touches nothing else. One that is built without parameters lives as long as the server, all others as long as an
/// operation.
/// </summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class, Inherited = false)]
public sealed class HandedInAttribute : Attribute;
