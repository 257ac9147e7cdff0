namespace Moat.Server.Shell;

/// <summary>A value on a chart with the target of its day.</summary>
public sealed record ChartPoint(DateOnly On, decimal Value, decimal Target, bool Met);
