export * from './domain/scope';
