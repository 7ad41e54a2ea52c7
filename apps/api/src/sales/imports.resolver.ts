import { type Actor, InvalidInput } from '@evenhand/kernel';
import {
  GetImport,
  ListFileMappings,
  ListImports,
  MappingNameTaken,
  RemoveFileMapping,
  SaveFileMapping,
} from '@evenhand/sales';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection } from '../graphql';
import {
  FileMappingsArgs,
  fromMappingInput,
  ImportRowsArgs,
  RemoveFileMappingInput,
  SalesImportArgs,
  SalesImportsArgs,
  SaveFileMappingInput,
} from './imports.inputs';
import { toFileMapping, toImportRow, toSalesImport } from './imports.mapper';
import {
  FileMappingRemoved,
  FileMappingSaved,
  FileMappingType,
  ImportRowConnection,
  SalesImportConnection,
  SalesImportType,
} from './imports.types';

const SaveFileMappingResult = resultUnion('SaveFileMappingResult', () => FileMappingSaved, [
  InvalidInput,
  MappingNameTaken,
]);

@Resolver()
export class ImportsResolver {
  constructor(
    private readonly getImport: GetImport,
    private readonly listImports: ListImports,
    private readonly listMappings: ListFileMappings,
    private readonly saveMapping: SaveFileMapping,
    private readonly removeMapping: RemoveFileMapping,
  ) {}

  @Query(() => SalesImportConnection, { description: 'Files of sales that a brand imported, newest first.' })
  async salesImports(
    @CurrentActor() actor: Actor,
    @Args() { brandId, ...page }: SalesImportsArgs,
  ): Promise<SalesImportConnection> {
    const listed = await this.listImports.execute({ actor, brandId: fromGlobalId('party', brandId), page });
    return toConnection(listed, toSalesImport);
  }

  @Query(() => SalesImportType, { description: 'A file of sales and how far it is read.' })
  async salesImport(@CurrentActor() actor: Actor, @Args() { id }: SalesImportArgs): Promise<SalesImportType> {
    return toSalesImport(await this.getImport.execute({ actor, importId: fromGlobalId('import', id) }));
  }

  @Query(() => ImportRowConnection, { description: 'Rows of a file that were not recorded, by line.' })
  async importRows(
    @CurrentActor() actor: Actor,
    @Args() { importId, ...page }: ImportRowsArgs,
  ): Promise<ImportRowConnection> {
    const rows = await this.getImport.rows({ actor, importId: fromGlobalId('import', importId), page });
    return toConnection(rows, toImportRow);
  }

  @Query(() => [FileMappingType], { description: 'How a brand may have its files read: presets, then its own.' })
  async fileMappings(@CurrentActor() actor: Actor, @Args() { brandId }: FileMappingsArgs): Promise<FileMappingType[]> {
    const mappings = await this.listMappings.execute({ actor, brandId: fromGlobalId('party', brandId) });
    return mappings.map(({ name, mapping, isPreset }) => toFileMapping(name, mapping, isPreset));
  }

  @Mutation(() => SaveFileMappingResult.type, {
    description: 'Gives a brand a mapping of its own, or changes the one of that name.',
  })
  saveFileMapping(@CurrentActor() actor: Actor, @Input() input: SaveFileMappingInput) {
    return SaveFileMappingResult.of(async () => {
      const brandId = fromGlobalId('party', input.brandId);
      const given = { actor, brandId, name: input.name, mapping: fromMappingInput(input) };
      const { name, mapping } = await this.saveMapping.execute(given);
      return { mapping: toFileMapping(name, mapping, false) };
    });
  }

  @Mutation(() => FileMappingRemoved, { description: 'Removes a mapping; files imported by it stay as they are.' })
  removeFileMapping(
    @CurrentActor() actor: Actor,
    @Input() { brandId, name }: RemoveFileMappingInput,
  ): Promise<FileMappingRemoved> {
    return this.removeMapping.execute({ actor, brandId: fromGlobalId('party', brandId), name });
  }
}
