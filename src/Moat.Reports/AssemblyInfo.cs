using Moat.Isms.Kernel;

[assembly: IsmsProcesses]
